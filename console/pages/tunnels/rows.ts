/** Which tunnels the page shows: at the instant of the time cursor, filtered by the query. */
import { computed } from '@preact/signals'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { query } from '../../data/route.ts'
import { allTunnels, info, overview, tunnels } from '../../data/store.ts'
import { cursor } from '../../data/time.ts'
import { type Status, WORST_FIRST } from '../../parts/status.tsx'
import { tunnelAt } from '../../picture/past.ts'
import { byStatus } from './order.ts'

export const LENSES = ['edge', 'time', 'list'] as const
export type Lens = (typeof LENSES)[number]

/** More rows than this are easier to read as a table. */
const MOST_IN_PICTURE = 59

export const lens = computed<Lens>(() => {
  const asked = LENSES.find(one => one === query.value.get('lens'))
  return asked ?? (tunnels.value.length > MOST_IN_PICTURE ? 'list' : 'edge')
})

export const status = computed(() => WORST_FIRST.find(one => one === query.value.get('status')))
export const find = computed(() => query.value.get('find') ?? '')
export const withDeleted = computed(() => query.value.has('deleted'))

const accounts = computed(() => new Map(overview.value?.accounts.map(({ id, name }) => [id, name])))

/** The name of the account, when there is more than one. */
export function accountOf({ account_id }: OverviewTunnel): string {
  return accounts.value.size > 1 ? (accounts.value.get(account_id) ?? '') : ''
}

/** All tunnels at the instant that the page looks at, also the deleted ones. */
const drawn = computed<readonly OverviewTunnel[]>(() => {
  const at = cursor.value
  if (at === undefined) return allTunnels.value
  const pendingMs = info.value?.pending_reconnect_ms ?? 0
  return allTunnels.value.flatMap(tunnel => tunnelAt(tunnel, at, pendingMs) ?? [])
})

export const present = computed(() => drawn.value.filter(({ deleted_at }) => deleted_at === null))

export const deletedCount = computed(() => drawn.value.length - present.value.length)

/** Those that the words of the find field match. */
const found = computed(() => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean)
  const candidates = withDeleted.value ? drawn.value : present.value
  if (words.length === 0) return candidates
  return candidates.filter(tunnel => {
    const text = textOf(tunnel)
    return words.every(word => text.includes(word))
  })
})

export const counts = computed<Readonly<Record<Status, number>>>(() => countStatuses(found.value))

export const allCounts = computed(() => countStatuses(present.value))

export const foundCount = computed(() => found.value.length)

export const rows = computed(() => {
  const wanted = status.value
  return byStatus(wanted ? found.value.filter(tunnel => isIn(tunnel, wanted)) : found.value, WORST_FIRST)
})

function isIn({ status: own, deleted_at }: OverviewTunnel, wanted: Status): boolean {
  return own === wanted && deleted_at === null
}

function countStatuses(list: readonly OverviewTunnel[]): Record<Status, number> {
  const result: Record<Status, number> = { down: 0, degraded: 0, healthy: 0, inactive: 0 }
  for (const { status: own, deleted_at } of list) if (deleted_at === null) result[own] += 1
  return result
}

function textOf({ account_id, tunnel_id, name, hostnames, connectors }: OverviewTunnel): string {
  const details = connectors.flatMap(({ id, version, origin_ip, connections }) => [
    id,
    version,
    origin_ip,
    ...connections.filter(({ state }) => state === 'live' || state === 'pending').map(({ colo_name }) => colo_name),
  ])
  return [tunnel_id, name, ...hostnames, accounts.value.get(account_id) ?? '', ...details].join(' ').toLowerCase()
}
