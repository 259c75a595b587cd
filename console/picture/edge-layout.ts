/**
 * Where the cables of the Edge lens run: rows of tunnels on the left, data centers on the right,
 * one cable for each connection. Pure: from rows and a size to coordinates.
 */
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import { placed, uncrossed } from './place-centers.ts'
import { trackedIn } from './tracked.ts'

export interface PictureSize {
  readonly width: number
  readonly rowHeight: number
  /** The rows that are on the page, and their number from the top. */
  readonly first: number
  readonly centerWidth: number
}

export interface Cable {
  readonly id: string
  readonly tunnel_id: string
  readonly colo: string
  readonly state: 'live' | 'pending'
  readonly path: string
}

interface Socket {
  readonly tunnel_id: string
  readonly y: number
  readonly height: number
  readonly isEmpty: boolean
}

export interface Center {
  readonly colo: string
  /** Of its middle. */
  readonly y: number
  readonly height: number
  readonly live: number
  readonly pending: number
}

export interface EdgePicture {
  readonly cables: readonly Cable[]
  readonly sockets: readonly Socket[]
  readonly centers: readonly Center[]
  readonly height: number
}

/** Between two cables, at most. */
const SPACING = 2.8
/** Between cables of one tunnel that lead to different data centers. */
const GAP = 2.4
const LEAST_CENTER = 42
const MOST_CENTER = 112
const CENTER_GAP = 20

interface End {
  readonly row: number
  readonly tunnel_id: string
  readonly id: string
  readonly colo: string
  readonly state: 'live' | 'pending'
}

/** `all` has the rows that are not on the page too: a data center counts their connections. */
export function edgePicture(
  tunnels: readonly OverviewTunnel[],
  size: PictureSize,
  all: readonly OverviewTunnel[] = tunnels,
): EdgePicture {
  const { rowHeight, first, width, centerWidth } = size
  const middleOf = (row: number): number => (first + row + 0.5) * rowHeight
  const ends = tunnels.flatMap(endsOf)
  const groups = uncrossed([...Map.groupBy(ends, ({ colo }) => colo)])
  const sizes = groups.map(([, cables]) => Math.min(Math.max(cables.length * SPACING + 12, LEAST_CENTER), MOST_CENTER))
  const wishes = groups.map(([, cables]) => cables.reduce((sum, { row }) => sum + middleOf(row), 0) / cables.length)
  const top = first * rowHeight + 8
  const bottom = Math.max((first + tunnels.length) * rowHeight - 8, top)
  const middles = placed(wishes, sizes, { gap: CENTER_GAP, top, bottom })
  const counted = Map.groupBy(all === tunnels ? ends : all.flatMap(endsOf), ({ colo, state }) => `${colo} ${state}`)
  const centers = groups.map(([colo], nth) => ({
    colo,
    y: middles[nth] ?? 0,
    height: sizes[nth] ?? 0,
    live: counted.get(`${colo} live`)?.length ?? 0,
    pending: counted.get(`${colo} pending`)?.length ?? 0,
  }))

  const rankOf = new Map(centers.map(({ colo }, rank) => [colo, rank]))
  const byRank = (a: End, b: End): number => (rankOf.get(a.colo) ?? 0) - (rankOf.get(b.colo) ?? 0)
  const sockets: Socket[] = []
  const starts = new Map<End, number>()
  for (const [row, { tunnel_id }] of tunnels.entries()) {
    const own = ends.filter(end => end.row === row).toSorted(byRank)
    const offsets = offsetsOf(own, rowHeight - 12)
    for (const [nth, end] of own.entries()) starts.set(end, middleOf(row) + (offsets[nth] ?? 0))
    const height = own.length === 0 ? 8 : (offsets.at(-1) ?? 0) * 2 + 7
    sockets.push({ tunnel_id, y: middleOf(row), height, isEmpty: own.length === 0 })
  }

  const right = width - centerWidth
  const cables = groups.flatMap(([, own], rank) => {
    const center = centers[rank]
    const sorted = own.toSorted((a, b) => (starts.get(a) ?? 0) - (starts.get(b) ?? 0))
    const spacing = Math.min(SPACING, ((center?.height ?? 0) - 12) / Math.max(sorted.length - 1, 1))
    return sorted.map((end, nth) => {
      const to = (center?.y ?? 0) + (nth - (sorted.length - 1) / 2) * spacing
      return { ...end, path: curve(starts.get(end) ?? 0, to, right) }
    })
  })
  const lowest = Math.max(...centers.map(({ y, height }) => y + height / 2 + 8), 0)
  return { cables, sockets, centers, height: Math.max((first + tunnels.length) * rowHeight, lowest) }
}

function endsOf({ tunnel_id, connectors }: OverviewTunnel, row: number): End[] {
  return connectors.flatMap(connector =>
    trackedIn(connector).map(({ id, colo_name, state }) => ({
      row,
      tunnel_id,
      id,
      colo: colo_name,
      state: state === 'live' ? 'live' : 'pending',
    })),
  )
}

/** Distances of the cables of one tunnel from the middle of its row. */
function offsetsOf(ends: readonly End[], room: number): readonly number[] {
  let at = 0
  const wished = ends.map((end, nth) => {
    if (nth > 0) at += SPACING + (end.colo === ends[nth - 1]?.colo ? 0 : GAP)
    return at
  })
  const scale = Math.min(1, room / Math.max(at, 1))
  return wished.map(offset => (offset - at / 2) * scale)
}

function curve(from: number, to: number, right: number): string {
  const bend = right * 0.5
  const [y0, y1] = [round(from), round(to)]
  return `M5 ${y0}C${round(bend)} ${y0} ${round(right - bend)} ${y1} ${round(right)} ${y1}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
