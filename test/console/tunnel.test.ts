/** What the page of a tunnel says: the reason of a status, the lanes of connections, example URLs. */
import { describe, expect, it } from 'vitest'
import { axisTimesOf, lanesOf, stretchesOf } from '../../console/pages/tunnel/connection-lanes.ts'
import { exampleUrl } from '../../console/pages/tunnel/example-url.ts'
import { reasonOf } from '../../console/pages/tunnel/reason.ts'
import type { Connection } from '../../console/picture/past.ts'
import type { Connector } from '../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

const PENDING_MS = 300_000

function at(clock: string): string {
  return `2026-01-01T${clock}.000000Z`
}

function connection(state: Connection['state'], times: Partial<Connection> = {}): Connection {
  return {
    id: 'a',
    index: null,
    colo_name: 'ams07',
    opened_at: at('00:00:00'),
    lost_at: null,
    closed_at: null,
    state,
    ...times,
  }
}

function connectorOf(...connections: Connection[]): Connector {
  return { connections } as unknown as Connector
}

function tunnelOf(rest: Partial<OverviewTunnel>): OverviewTunnel {
  return { deleted_at: null, conns_inactive_at: null, connectors: [], ...rest } as OverviewTunnel
}

const LIVE = connection('live')
const LOST = connection('pending', { lost_at: at('02:34:20') })

describe('the reason of a status', () => {
  it('counts what is pending, and says until when', () => {
    const connectors = [connectorOf(LIVE, LIVE, LIVE, LIVE), connectorOf(LIVE, LIVE, LOST, LOST)]
    expect(reasonOf(tunnelOf({ status: 'degraded', connectors }), PENDING_MS)).toBe(
      '2 of 8 connections pending reconnect until 02:39:20; 1 connector with fewer than 4 connections',
    )
  })

  it('names a connector with few connections', () => {
    const connectors = [connectorOf(LIVE, LIVE, LIVE)]
    expect(reasonOf(tunnelOf({ status: 'degraded', connectors }), PENDING_MS)).toBe(
      '1 connector with fewer than 4 connections',
    )
  })

  it('says since when no connection is live', () => {
    const down = tunnelOf({
      status: 'down',
      conns_inactive_at: at('02:34:20'),
      connectors: [connectorOf(LOST)],
    })
    expect(reasonOf(down, PENDING_MS)).toBe(
      'no live connection since 2026-01-01 02:34:20; 1 connection pending reconnect until 02:39:20',
    )
  })

  it.each([
    ['healthy', { connectors: [connectorOf(LIVE, LIVE, LIVE, LIVE)] }, '4 connections live on 1 connector'],
    ['inactive', {}, 'no connector has connected yet'],
    ['down', { deleted_at: at('10:00:00') }, 'deleted on 2026-01-01 at 10:00:00'],
  ] as const)('of a tunnel that is %s is in plain words', (status, rest, words) => {
    expect(reasonOf(tunnelOf({ status, ...rest } as Partial<OverviewTunnel>), PENDING_MS)).toBe(words)
  })
})

describe('the lane of a connection', () => {
  const [from, now, to] = [Date.parse(at('01:00:00')), Date.parse(at('02:00:00')), Date.parse(at('03:00:00'))] as const
  const minutesOf = (one: Connection) =>
    stretchesOf(one, { from, now, to }, PENDING_MS).map(({ state, from: start, to: end, isAhead }) => [
      state,
      (start - from) / 60_000,
      (end - from) / 60_000,
      isAhead,
    ])

  it('is cut where the future begins', () => {
    expect(minutesOf(LIVE)).toEqual([
      ['live', 0, 60, false],
      ['live', 60, 120, true],
    ])
  })

  it('shows when a lost connection was live and pending, and no more after it has expired', () => {
    expect(minutesOf(connection('expired', { lost_at: at('01:10:00') }))).toEqual([
      ['live', 0, 10, false],
      ['pending', 10, 15, false],
    ])
  })

  it('shows how long a lost connection will be pending', () => {
    expect(minutesOf(connection('pending', { lost_at: at('01:58:00') }))).toEqual([
      ['live', 0, 58, false],
      ['pending', 58, 60, false],
      ['pending', 60, 63, true],
    ])
  })

  it('ends where the connection closed', () => {
    expect(minutesOf(connection('closed', { opened_at: at('01:20:00'), closed_at: at('01:30:00') }))).toEqual([
      ['live', 20, 30, false],
    ])
  })

  it('is shared by connections that follow each other', () => {
    const first = connection('closed', { closed_at: at('01:30:00') })
    const second = connection('live', { opened_at: at('01:30:00') })
    const beside = connection('live', { opened_at: at('01:10:00') })
    const lanes = lanesOf([second, beside, first], { from, now, to }, PENDING_MS)
    expect(lanes.map(lane => lane.map(stretch => (stretch.from - from) / 60_000))).toEqual([
      [0, 30, 60],
      [10, 60],
    ])
  })

  it.each([1, 60, 2_000, 600_000])('has a readable axis for %d minutes', minutes => {
    const times = axisTimesOf({ from, now, to: from + minutes * 60_000 }, 5)
    expect(times.length).toBeGreaterThan(0)
    expect(times.length).toBeLessThanOrEqual(6)
  })
})

describe('the example of a rule', () => {
  it.each([
    [{ hostname: 'shop.example' }, 'https://shop.example/'],
    [{ hostname: 'shop.example', path: '^/static/' }, 'https://shop.example/static/'],
    [{ hostname: 'shop.example', path: '/a|/b' }, 'https://shop.example/'],
    [{ hostname: '*.staging.example' }, 'https://any.staging.example/'],
    [{}, 'https://other.example/'],
  ])('%j is %s', (rule, url) => {
    expect(exampleUrl(rule, [{ hostname: 'www.example' }, rule])).toBe(url)
  })

  it('for a path of any hostname has a hostname of the tunnel', () => {
    expect(exampleUrl({ path: '/health' }, [{ hostname: 'www.example' }])).toBe('https://www.example/health')
  })
})
