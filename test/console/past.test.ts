import { describe, expect, test } from 'vitest'
import { type Connection, stateAt, statusFrom, tunnelAt } from '../../console/picture/past.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

const PENDING_MS = 300_000
const START = Date.parse('2026-11-27T12:00:00Z')

function second(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString()
}

function connection(changes: Partial<Connection> = {}): Connection {
  return {
    id: 'one',
    index: null,
    colo_name: 'ams07',
    opened_at: second(0),
    lost_at: null,
    closed_at: null,
    state: 'live',
    ...changes,
  }
}

function tunnel(connections: readonly Connection[], changes: Partial<OverviewTunnel> = {}): OverviewTunnel {
  const connector = { id: 'c', run_at: second(0), connections: [...connections] }
  return {
    tunnel_id: 't',
    name: 'web',
    created_at: second(-60),
    deleted_at: null,
    status: 'inactive',
    connectors: [connector],
    ...changes,
  } as unknown as OverviewTunnel
}

function statesOf(connections: readonly Connection[], seconds: number): readonly string[] {
  const [connector] = tunnelAt(tunnel(connections), START + seconds * 1_000, PENDING_MS)?.connectors ?? []
  return connector?.connections.map(({ state }) => state) ?? []
}

describe('the state of a connection at an instant', () => {
  const lost = connection({ lost_at: second(10), closed_at: second(100) })
  test.each([
    [-1, undefined],
    [0, 'live'],
    [9.999, 'live'],
    [10, 'pending'],
    [99, 'pending'],
    [100, 'closed'],
  ])('%s seconds after it opened is %s', (seconds, expected) => {
    expect(stateAt(lost, START + seconds * 1_000, PENDING_MS)).toBe(expected)
  })

  test('a lost connection expires when the reconnect window ends', () => {
    const gone = connection({ lost_at: second(10) })
    expect(stateAt(gone, START + 309_999, PENDING_MS)).toBe('pending')
    expect(stateAt(gone, START + 310_000, PENDING_MS)).toBe('expired')
  })
})

describe('the status of a tunnel at an instant', () => {
  const four = ['a', 'b', 'c', 'd'].map(id => connection({ id }))

  test('a tunnel that never had a connection is inactive', () => {
    expect(statusFrom([])).toBe('inactive')
    expect(statusFrom([{ connections: [] }])).toBe('inactive')
  })

  test('a tunnel whose connectors have four live connections each is healthy', () => {
    expect(statusFrom([{ connections: four }, { connections: four }])).toBe('healthy')
  })

  test('a connector with three live connections makes its tunnel degraded', () => {
    expect(statusFrom([{ connections: four }, { connections: four.slice(1) }])).toBe('degraded')
  })

  test('a pending connection makes a tunnel degraded, although four others are live', () => {
    expect(statusFrom([{ connections: [...four, connection({ state: 'pending' })] }])).toBe('degraded')
  })

  test('a connector that stopped leaves the others healthy', () => {
    expect(statusFrom([{ connections: four }, { connections: [connection({ state: 'closed' })] }])).toBe('healthy')
  })

  test('a tunnel that has only pending connections is down', () => {
    expect(statusFrom([{ connections: [connection({ state: 'pending' })] }])).toBe('down')
  })
})

describe('a tunnel at an instant', () => {
  test('before its creation is not there', () => {
    expect(tunnelAt(tunnel([]), START - 61_000, PENDING_MS)).toBeUndefined()
  })

  test('before its deletion is not deleted', () => {
    const deleted = tunnel([], { deleted_at: second(50) })
    expect(tunnelAt(deleted, START + 49_000, PENDING_MS)?.deleted_at).toBeNull()
    expect(tunnelAt(deleted, START + 50_000, PENDING_MS)?.deleted_at).toBe(second(50))
  })

  test('has only connectors and connections that existed then', () => {
    const later = connection({ id: 'two', opened_at: second(20) })
    expect(statesOf([connection(), later], 10)).toEqual(['live'])
    expect(statesOf([connection(), later], 20)).toEqual(['live', 'live'])
    expect(tunnelAt(tunnel([connection()]), START - 1_000, PENDING_MS)?.connectors).toEqual([])
  })

  test('has the status of that instant', () => {
    const broken = tunnel([connection({ lost_at: second(10) })], { status: 'down' })
    expect(tunnelAt(broken, START - 1, PENDING_MS)?.status).toBe('inactive')
    expect(tunnelAt(broken, START + 5_000, PENDING_MS)?.status).toBe('degraded')
    expect(tunnelAt(broken, START + 15_000, PENDING_MS)?.status).toBe('down')
  })
})
