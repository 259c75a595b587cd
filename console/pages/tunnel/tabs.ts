/** The tabs of a tunnel and their URLs. */
import { href, path, query } from '../../data/route.ts'

const TABS = ['connectors', 'routes', 'versions', 'requests', 'history', 'api'] as const
export type TabName = (typeof TABS)[number]

/** `#/tunnels/{id}?tab=routes`; a version of the configuration has a path of its own. */
export function currentTab(): TabName {
  if (path.value[2] === 'configurations') return 'versions'
  return TABS.find(tab => tab === query.value.get('tab')) ?? 'connectors'
}

export function tabHref(tunnel_id: string, tab: TabName): string {
  return href(['tunnels', tunnel_id], { tab: tab === 'connectors' ? undefined : tab })
}

export function versionHref(tunnel_id: string, version: number): string {
  return href(['tunnels', tunnel_id, 'configurations', String(version)])
}
