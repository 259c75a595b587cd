/** The pages, in the order of the rail: a new page is one line here and one file. */
import type { ComponentType } from 'preact'
import { info } from '../data/store.ts'
import type { IconName } from '../parts/icon.tsx'

export interface Page {
  /** The first segment of its path in the hash. */
  readonly path: string
  readonly name: string
  readonly icon: IconName
  /** Pages of a group stand together in the rail. */
  readonly group: 1 | 2 | 3 | 4
  /** The second of two keys that open it, after `g`. */
  readonly key?: string
  /** On a phone it has a place in the bar; others are behind More. */
  readonly isInBar?: boolean
  readonly isHidden?: () => boolean
  /** The path of the page in the rail that it belongs to. */
  readonly parent?: string
  /** It draws the instant of the time cursor; other pages show now. */
  readonly showsPast?: boolean
  /** The code of a page is loaded when someone opens it. */
  readonly load: () => Promise<ComponentType>
}

export const PAGES: readonly Page[] = [
  {
    path: '',
    name: 'Tunnels',
    icon: 'tunnels',
    group: 1,
    key: 't',
    isInBar: true,
    showsPast: true,
    load: async () => (await import('./tunnels.tsx')).Tunnels,
  },
  {
    path: 'tunnels',
    name: 'Tunnel',
    icon: 'tunnels',
    group: 1,
    isHidden: () => true,
    parent: '',
    showsPast: true,
    load: async () => (await import('./tunnel.tsx')).Tunnel,
  },
  {
    path: 'requests',
    name: 'Requests',
    icon: 'requests',
    group: 1,
    key: 'r',
    isInBar: true,
    showsPast: true,
    load: async () => (await import('./requests.tsx')).Requests,
  },
  {
    path: 'verify',
    name: 'Verify',
    icon: 'verify',
    group: 1,
    key: 'v',
    load: async () => (await import('./verify.tsx')).Verify,
  },
  {
    path: 'explain',
    name: 'Explain',
    icon: 'explain',
    group: 1,
    key: 'x',
    isInBar: true,
    load: async () => (await import('./explain.tsx')).Explain,
  },
  { path: 'dns', name: 'DNS', icon: 'dns', group: 2, key: 'd', load: async () => (await import('./dns.tsx')).Dns },
  {
    path: 'networks',
    name: 'Networks',
    icon: 'networks',
    group: 2,
    key: 'n',
    load: async () => (await import('./networks.tsx')).Networks,
  },
  {
    path: 'access',
    name: 'Access',
    icon: 'access',
    group: 2,
    key: 'a',
    load: async () => (await import('./access.tsx')).Access,
  },
  {
    path: 'edge',
    name: 'Edge',
    icon: 'edge',
    group: 2,
    key: 'e',
    isHidden: () => !info.value?.edge,
    load: async () => (await import('./edge.tsx')).Edge,
  },
  {
    path: 'faults',
    name: 'Faults',
    icon: 'faults',
    group: 3,
    key: 'f',
    isInBar: true,
    load: async () => (await import('./faults.tsx')).Faults,
  },
  {
    path: 'snapshots',
    name: 'Snapshots',
    icon: 'snapshots',
    group: 3,
    key: 's',
    load: async () => (await import('./snapshots.tsx')).Snapshots,
  },
  {
    path: 'worlds',
    name: 'Worlds',
    icon: 'worlds',
    group: 3,
    key: 'w',
    load: async () => (await import('./worlds.tsx')).Worlds,
  },
  {
    path: 'evidence',
    name: 'Evidence',
    icon: 'evidence',
    group: 4,
    key: 'i',
    load: async () => (await import('./evidence.tsx')).Evidence,
  },
  { path: 'lint', name: 'Lint', icon: 'lint', group: 4, key: 'l', load: async () => (await import('./lint.tsx')).Lint },
  {
    path: 'reference',
    name: 'Reference',
    icon: 'reference',
    group: 4,
    load: async () => (await import('./reference.tsx')).Reference,
  },
  {
    path: 'settings',
    name: 'Settings',
    icon: 'settings',
    group: 4,
    key: ',',
    load: async () => (await import('./settings.tsx')).Settings,
  },
]
