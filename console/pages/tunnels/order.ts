/** The order of the rows. */
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'

/** By status, and then by name. Deleted tunnels come last. */
export function byStatus(
  tunnels: readonly OverviewTunnel[],
  order: readonly OverviewTunnel['status'][],
): OverviewTunnel[] {
  return tunnels.toSorted(
    (a, b) =>
      Number(a.deleted_at !== null) - Number(b.deleted_at !== null) ||
      order.indexOf(a.status) - order.indexOf(b.status) ||
      byName(a, b),
  )
}

export function byName(a: OverviewTunnel, b: OverviewTunnel): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true }) || (a.tunnel_id < b.tunnel_id ? -1 : 1)
}

/** Nothing moves under a pointer: what stays keeps its place, what is new comes last. */
export function heldOrder<Row extends { readonly tunnel_id: string }>(
  rows: readonly Row[],
  held: readonly string[],
): Row[] {
  const places = new Map(held.map((id, place) => [id, place]))
  const placeOf = ({ tunnel_id }: Row): number => places.get(tunnel_id) ?? held.length
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** Equal rows keep their order. */
export function sortedBy<Row>(
  rows: readonly Row[],
  value: (row: Row) => string | number,
  isDescending: boolean,
): Row[] {
  const keyed = rows.map(row => ({ row, key: value(row) }))
  const sign = isDescending ? -1 : 1
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0))
  return keyed.map(({ row }) => row)
}
