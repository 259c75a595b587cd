import { describe, expect, it } from 'vitest'
import type { ConnectionRecord, TunnelRecord } from '../../../schemas/records.ts'
import { timestampOf } from '../../../schemas/time.ts'
import {
  activityOf,
  connectionsToDrop,
  connectivityOf,
  expiryOf,
  isPendingReconnect,
  isTrackedLoss,
  momentAt,
  pendingConnectionsToDrop,
  statusOf,
  withActivity,
} from '../../../src/resources/connections/rules.ts'

/** Minutes after 1970. */
function at(minute: number): string {
  return timestampOf(minute * 60_000_000)
}

interface ConnectionTimes {
  readonly opened: number
  readonly lost?: number
  readonly closed?: number
  readonly client_id?: string
}

function connection({ opened, lost, closed, client_id = 'a' }: ConnectionTimes): ConnectionRecord {
  return {
    id: `${client_id}-${opened}`,
    client_id,
    conn_index: null,
    colo_name: 'dfw08',
    origin_ip: '198.51.100.7',
    opened_at: at(opened),
    lost_at: lost === undefined ? null : at(lost),
    closed_at: closed === undefined ? null : at(closed),
  }
}

const tunnel: TunnelRecord = {
  id: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415',
  account_tag: '699d98642c564d2e855e9661899b7252',
  name: 'blog',
  config_src: 'local',
  tunnel_secret: '',
  metadata: {},
  created_at: at(0),
  deleted_at: null,
  conns_active_at: at(10),
  conns_inactive_at: null,
}

describe('activityOf', () => {
  const active = (minute: number) => ({ conns_active_at: at(minute), conns_inactive_at: null })
  const inactive = (minute: number) => ({ conns_active_at: null, conns_inactive_at: at(minute) })

  it.each<[string, ConnectionTimes[], object]>([
    ['no connection ever', [], inactive(0)],
    ['one live connection', [{ opened: 10 }], active(10)],
    ['one live since the creation', [{ opened: 0 }], active(0)],
    ['several live ones', [{ opened: 12 }, { opened: 10 }, { opened: 11 }], active(10)],
    ['one that was closed', [{ opened: 10, closed: 20 }], inactive(20)],
    ['one that was lost', [{ opened: 10, lost: 20 }], inactive(20)],
    ['one that was lost, then closed', [{ opened: 10, lost: 20, closed: 25 }], inactive(20)],
    ['one that was closed at once', [{ opened: 10, closed: 10 }], inactive(10)],
    [
      'a short one inside a long one',
      [
        { opened: 10, closed: 40 },
        { opened: 15, closed: 20 },
      ],
      inactive(40),
    ],
    [
      'two that overlap',
      [
        { opened: 10, closed: 20 },
        { opened: 15, closed: 30 },
      ],
      inactive(30),
    ],
    ['two that overlap, the second live', [{ opened: 10, closed: 20 }, { opened: 15 }], active(10)],
    ['two that overlap, the first live', [{ opened: 10 }, { opened: 15, closed: 20 }], active(10)],
    ['one that opens as the other ends', [{ opened: 10, closed: 20 }, { opened: 20 }], active(10)],
    ['a gap before a live one', [{ opened: 10, closed: 20 }, { opened: 25 }], active(25)],
    ['a gap, the latest connection first', [{ opened: 25 }, { opened: 10, closed: 20 }], active(25)],
    ['two gaps', [{ opened: 10, closed: 20 }, { opened: 25, lost: 30 }, { opened: 40 }, { opened: 45 }], active(40)],
    [
      'a gap before one that ended',
      [
        { opened: 10, closed: 20 },
        { opened: 25, lost: 30 },
      ],
      inactive(30),
    ],
    [
      'a bridge over what would be a gap',
      [{ opened: 10, closed: 20 }, { opened: 18, closed: 26 }, { opened: 25 }],
      active(10),
    ],
    [
      'replicas that take turns',
      [
        { opened: 10, closed: 20, client_id: 'a' },
        { opened: 15, closed: 30, client_id: 'b' },
        { opened: 29, lost: 35, client_id: 'c' },
      ],
      inactive(35),
    ],
  ])('with %s', (_, history, activity) => {
    expect(activityOf(history.map(connection), at(0))).toEqual(activity)
    expect(activityOf(history.map(connection).reverse(), at(0))).toEqual(activity)
  })
})

describe('withActivity', () => {
  const active = Object.freeze({ ...tunnel })
  const inactive = Object.freeze({ ...tunnel, conns_active_at: null, conns_inactive_at: at(20) })

  it('makes an active tunnel inactive if no connection is live', () => {
    expect(withActivity(active, false, at(30))).toEqual({ ...active, conns_active_at: null, conns_inactive_at: at(30) })
  })

  it('makes an inactive tunnel active if a connection is live', () => {
    expect(withActivity(inactive, true, at(30))).toEqual({
      ...inactive,
      conns_active_at: at(30),
      conns_inactive_at: null,
    })
  })

  it('keeps the times of a tunnel that stays active or inactive', () => {
    expect(withActivity(active, true, at(30))).toBe(active)
    expect(withActivity(inactive, false, at(30))).toBe(inactive)
  })
})

describe('connectionsToDrop', () => {
  const a = connection({ opened: 10, client_id: 'a' })
  const b = connection({ opened: 11, client_id: 'b' })
  const pending = connection({ opened: 9, lost: 12, client_id: 'a' })

  it.each([
    ['everything', undefined, [a, b, pending]],
    ['the connections of one connector, pending ones too', 'a', [a, pending]],
    ['the connections of one connector in any case', 'B', [b]],
    ['nothing for a connector that never was', 'c', []],
  ])('is %s', (_, client_id, dropped) => {
    expect(connectionsToDrop([a, b, pending], client_id)).toEqual(dropped)
  })
})

describe('pendingConnectionsToDrop', () => {
  it('returns pending connections only', () => {
    const live = connection({ opened: 10 })
    const pending = connection({ opened: 9, lost: 12 })

    expect(pendingConnectionsToDrop([live, pending])).toEqual([pending])
  })
})

describe('isPendingReconnect', () => {
  it.each([
    [{ opened: 10 }, false],
    [{ opened: 10, lost: 20 }, true],
  ])('of %j is %s', (times, expected) => {
    expect(isPendingReconnect(connection(times))).toBe(expected)
  })
})

describe('isTrackedLoss', () => {
  it('is true until the connection expires', () => {
    const [lost, window] = [at(10), 300_000]
    const expiry = expiryOf(lost, window)

    expect(expiry).toBe(at(15))
    expect(isTrackedLoss(lost, momentAt(at(14), window))).toBe(true)
    expect(isTrackedLoss(lost, momentAt(expiry, window))).toBe(false)
    expect(isTrackedLoss(lost, momentAt(lost, 0))).toBe(false)
  })
})

describe('statusOf', () => {
  const moment = { ...momentAt(at(10), 0), healthy_connections: 3 }

  it.each([
    [-1, false, 'inactive'],
    [0, false, 'down'],
    [0, true, 'down'],
    [1, false, 'degraded'],
    [2, false, 'degraded'],
    [3, false, 'healthy'],
    [3, true, 'degraded'],
    [9, false, 'healthy'],
  ])(
    'with %i live connections of the weakest connector and a pending reconnect %s is %s',
    (fewest, pending, status) => {
      expect(statusOf(connectivityOf(fewest, pending, moment))).toBe(status)
    },
  )
})
