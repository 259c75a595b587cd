import { describe, expect, test } from 'vitest'
import { withDue } from '../../console/picture/ahead.ts'
import { laneOf } from '../../console/picture/lanes.ts'
import type { Connection } from '../../console/picture/past.ts'
import type { DueItem } from '../../schemas/control/due.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

const PENDING_MS = 300_000
const START = Date.parse('2026-11-27T12:00:00Z')
const SPAN = { from: START, now: START + 600_000, to: START + 1_200_000 }

function second(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString()
}

function tunnel(changes: readonly Partial<Connection>[], own: Partial<OverviewTunnel> = {}): OverviewTunnel {
  const connections = changes.map((change, nth) => ({
    id: `${nth}`,
    index: null,
    colo_name: 'ams07',
    opened_at: second(-60),
    lost_at: null,
    closed_at: null,
    state: 'live',
    ...change,
  }))
  const connector = { id: 'c', run_at: second(-60), colos: ['ams07', 'fra15'], connections }
  return {
    tunnel_id: 't',
    created_at: second(-100),
    deleted_at: null,
    status: 'healthy',
    connectors: [connector],
    ...own,
  } as unknown as OverviewTunnel
}

function due(seconds: number, happens: DueItem['happens'], rest: Partial<DueItem> = {}): DueItem {
  return { at: second(seconds), happens, tunnel_id: 't', connector_id: 'c', ...rest }
}

/** Such as `0-600 healthy 4`, with `ahead` after what is to come. */
function lane(shown: OverviewTunnel): readonly string[] {
  return laneOf(shown, SPAN, PENDING_MS).map(
    ({ from, to, status, live, isAhead }) =>
      `${(from - START) / 1_000}-${(to - START) / 1_000} ${status} ${live}${isAhead ? ' ahead' : ''}`,
  )
}

const FOUR = [{}, {}, {}, {}]

describe('the lane of a tunnel', () => {
  test('is one stretch before now and one after it when nothing changes', () => {
    expect(lane(tunnel(FOUR))).toEqual(['0-600 healthy 4', '600-1200 healthy 4 ahead'])
  })

  test('changes where connections are lost, and where they expire', () => {
    expect(lane(tunnel([{}, {}, {}, {}, { lost_at: second(500) }]))).toEqual([
      '0-500 healthy 5',
      '500-600 degraded 4',
      '600-800 degraded 4 ahead',
      '800-1200 healthy 4 ahead',
    ])
  })

  test('starts with the tunnel and ends with it', () => {
    const short = tunnel([], { created_at: second(100), deleted_at: second(200) })
    expect(lane(short)).toEqual(['100-200 inactive 0'])
  })
})

describe('a tunnel with what is due', () => {
  test('loses the live connections of the connector', () => {
    const shown = withDue(tunnel(FOUR), [due(700, 'connector_loses_connections')], PENDING_MS)
    expect(lane(shown).slice(1)).toEqual(['600-700 healthy 4 ahead', '700-1200 down 0 ahead'])
  })

  test('gets new connections in place of pending ones', () => {
    const lost = tunnel(FOUR.map(() => ({ lost_at: second(500) })))
    const shown = withDue(lost, [due(700, 'connector_reconnects')], PENDING_MS)
    expect(lane(shown).slice(-2)).toEqual(['600-700 down 0 ahead', '700-1200 healthy 4 ahead'])
    expect(shown.connectors[0]?.connections.slice(4).map(({ colo_name }) => colo_name)).toEqual([
      'ams07',
      'fra15',
      'ams07',
      'fra15',
    ])
  })

  test('applies items in order of time', () => {
    const items = [due(800, 'connector_reconnects'), due(700, 'connector_loses_connections')]
    expect(lane(withDue(tunnel(FOUR), items, PENDING_MS)).slice(-1)).toEqual(['800-1200 healthy 4 ahead'])
  })

  test('closes one connection, all of them, or one after the other', () => {
    const closed = (items: readonly DueItem[]) =>
      withDue(tunnel(FOUR), items, PENDING_MS).connectors[0]?.connections.map(({ closed_at }) => closed_at)
    expect(closed([due(700, 'connection_closes', { connection_id: '1' })])).toEqual([null, second(700), null, null])
    expect(closed([due(700, 'connector_stops')])).toEqual(FOUR.map(() => second(700)))
    expect(closed([due(700, 'connector_drains')])).toEqual([700, 701, 702, 703].map(second))
  })

  test('is the same when the items are of others', () => {
    const plain = tunnel(FOUR)
    const others = [
      due(700, 'connector_stops', { tunnel_id: 'u' }),
      due(700, 'fault_ends'),
      due(700, 'connections_expire'),
    ]
    expect(lane(withDue(plain, others, PENDING_MS))).toEqual(lane(plain))
  })
})
