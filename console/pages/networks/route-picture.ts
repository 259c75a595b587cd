/** Where the cables between routes and their tunnels run. Pure: from rows to coordinates. */
import { placed, uncrossed } from '../../picture/place-centers.ts'

export interface RouteRow {
  readonly id: string
  readonly tunnel_id: string
}

export interface RoutePicture {
  readonly ends: readonly RouteEnd[]
  readonly tunnels: readonly TunnelBox[]
  readonly height: number
}

export interface RouteEnd extends RouteRow {
  /** At the row, and at the tunnel. */
  readonly from: number
  readonly to: number
}

interface TunnelBox {
  readonly tunnel_id: string
  /** Of its middle. */
  readonly y: number
  readonly routes: number
}

export const BOX_HEIGHT = 44

/** Between two cables that end at one tunnel. */
const SPACING = 7

export function routePicture(rows: readonly RouteRow[], rowHeight: number): RoutePicture {
  const numbered = rows.map((row, nth) => ({ ...row, row: nth, from: (nth + 0.5) * rowHeight }))
  const groups = uncrossed([...Map.groupBy(numbered, ({ tunnel_id }) => tunnel_id)])
  const height = Math.max(rows.length * rowHeight, groups.length * (BOX_HEIGHT + 8))
  const wishes = groups.map(([, own]) => own.reduce((sum, { from }) => sum + from, 0) / own.length)
  const middles = placed(
    wishes,
    groups.map(() => BOX_HEIGHT),
    { gap: 8, top: 4, bottom: height - 4 },
  )
  const tunnels = groups.map(([tunnel_id, own], nth) => ({ tunnel_id, y: middles[nth] ?? 0, routes: own.length }))
  const ends = groups.flatMap(([, own], nth) => {
    const spacing = Math.min(SPACING, (BOX_HEIGHT - 12) / Math.max(own.length - 1, 1))
    return own.map(({ id, tunnel_id, from }, rank) => ({
      id,
      tunnel_id,
      from,
      to: (middles[nth] ?? 0) + (rank - (own.length - 1) / 2) * spacing,
    }))
  })
  return { ends, tunnels, height }
}
