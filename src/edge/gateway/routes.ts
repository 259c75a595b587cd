/** Which tunnel serves a hostname. */
import type { EventType } from '../../../schemas/control/event.ts'
import type { MissingLink } from '../../../schemas/control/explain.ts'
import type { TunnelRecord } from '../../../schemas/records.ts'
import { isAnyHost } from '../../cloudflared/ingress/match.ts'
import { latestConfiguration } from '../../resources/configurations/store.ts'
import { hostname as asciiHostname } from '../../resources/dns-records/names.ts'
import { createResolver } from '../../resources/dns-records/resolve.ts'
import { targetOf } from '../../resources/dns-records/tunnel-link.ts'
import { liveTunnels } from '../../resources/tunnels/store.ts'
import type { World } from '../../world/world.ts'
import { quickHostnameOf } from '../management/quick-tunnels.ts'

/** Tunnels that serve a hostname, the first one first, or the link that is missing. */
interface Destination {
  readonly tunnels: readonly TunnelRecord[]
  readonly missing?: MissingLink | undefined
}

export type Routes = (hostname: string) => Destination

/** The events after which a hostname may lead elsewhere. A replaced world is another one. */
const CHANGES: readonly EventType[] = [
  'tunnel_created',
  'tunnel_updated',
  'tunnel_deleted',
  'configuration_published',
  'dns_record_created',
  'dns_record_updated',
  'dns_record_deleted',
]

/** Our limit for the hostnames whose destination is kept, since visitors may ask for any. */
const MAX_KEPT = 10_000

/** The routes of each world, read again after a change. Each world is asked once in its life. */
export function createRoutes(): (world: World) => Routes {
  const byWorld = new WeakMap<World, Routes>()

  return world => {
    const routes = byWorld.get(world) ?? routesOf(world)
    byWorld.set(world, routes)
    return routes
  }
}

function routesOf(world: World): Routes {
  const kept = new Map<string, Destination>()
  let find: Routes | undefined
  const unsubscribe = world.events.subscribe(() => {
    kept.clear()
    find = undefined
  }, CHANGES)
  world.ended.addEventListener('abort', unsubscribe)

  return hostname => {
    find ??= readRoutes(world)
    const destination = kept.get(hostname) ?? find(hostname)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(hostname, destination)
    return destination
  }
}

function readRoutes({ db }: World): Routes {
  const tunnels = liveTunnels(db)
  const byId = Map.groupBy(tunnels, ({ id }) => id)
  const { resolve } = createResolver(db)
  const configured = new Map<string, TunnelRecord[]>()
  for (const tunnel of tunnels) {
    const quick = quickHostnameOf(tunnel)
    if (quick !== undefined) configured.set(quick, [tunnel])
    const { ingress = [] } = latestConfiguration(db, tunnel)?.config ?? {}
    for (const name of new Set(ingress.flatMap(({ hostname }) => keysOf(hostname)))) {
      configured.set(name, [...(configured.get(name) ?? []), tunnel])
    }
  }

  return hostname => {
    const id = targetOf({ type: 'CNAME', content: hostname })
    if (id !== undefined) return orNoRoute(byId.get(id))

    const resolution = resolve(hostname)
    if (!resolution)
      return orNoRoute(
        namesOf(hostname)
          .map(name => configured.get(name))
          .find(Boolean),
      )
    return resolution.tunnel ? { tunnels: [resolution.tunnel] } : { tunnels: [], missing: resolution.missing }
  }
}

function orNoRoute(tunnels: readonly TunnelRecord[] = []): Destination {
  return tunnels.length > 0 ? { tunnels } : { tunnels, missing: 'no-route' }
}

/** A rule for any host names none. As in cloudflared, the ASCII form counts too. */
function keysOf(hostname: string | undefined): readonly string[] {
  if (hostname === undefined || isAnyHost(hostname)) return []
  const ascii = hostname.startsWith('*.') ? undefined : asciiHostname(hostname)
  return ascii === undefined ? [hostname] : [hostname, ascii]
}

/** A hostname, then the wildcards that stand for it, the longest first (our choice). */
function namesOf(hostname: string): readonly string[] {
  const labels = hostname.split('.')
  return [hostname, ...labels.slice(1).map((_, nth) => `*.${labels.slice(nth + 1).join('.')}`)]
}
