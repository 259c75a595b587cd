import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import { openStore } from '../../src/store/store.ts'
import { ACCOUNT, SECRET } from '../double.ts'

const moment: Moment = {
  now: '2026-01-01T00:00:00.000000Z',
  tracked_since: '2025-12-31T23:55:00.000000Z',
  healthy_connections: 4,
}

const tunnelNamed = (name: string, index: number): TunnelRecord => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  account_tag: ACCOUNT,
  name,
  config_src: 'local',
  tunnel_secret: SECRET,
  metadata: {},
  created_at: moment.now,
  deleted_at: null,
  conns_active_at: null,
  conns_inactive_at: moment.now,
})

describe('a list', () => {
  it('costs the same number of statements whatever the size of the page', () => {
    const store = openStore(':memory:')
    store.transaction(() => {
      for (let index = 0; index < 500; index++) store.tunnels.insert(tunnelNamed(`t${index}`, index))
    })
    const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1'))
    const calls = [vi.spyOn(statement, 'all'), vi.spyOn(statement, 'get'), vi.spyOn(statement, 'run')]

    const statementsFor = (limit: number): number => {
      for (const call of calls) call.mockClear()
      const { items } = store.tunnels.list(ACCOUNT, {}, { limit, offset: 0 }, moment)
      store.connectors.trackedOfMany(ACCOUNT, items, moment)
      expect(items).toHaveLength(limit)
      return calls.reduce((sum, call) => sum + call.mock.calls.length, 0)
    }
    expect([statementsFor(1), statementsFor(20), statementsFor(500)]).toEqual([4, 4, 4])
    vi.restoreAllMocks()
    store.close()
  })
})

describe('a transaction', () => {
  it('leaves nothing behind when it fails', () => {
    const store = openStore(':memory:')
    const write = () =>
      store.transaction(() => {
        store.tunnels.insert(tunnelNamed('blog', 1))
        throw new Error('no')
      })

    expect(write).toThrow('no')
    expect(store.isEmpty()).toBe(true)
    store.close()
  })

  it('will not have two live tunnels of one name, whoever forgot to ask', () => {
    const store = openStore(':memory:')
    store.tunnels.insert(tunnelNamed('blog', 1))

    expect(() => store.tunnels.insert(tunnelNamed('blog', 2))).toThrow('UNIQUE')
    store.close()
  })
})
