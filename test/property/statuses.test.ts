/**
 * Random histories of connections: the status of a tunnel, the list of each status and the stored count say what the connections
 * say, also when a healthy connector needs another number of connections or a lost one stays tracked for another time.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConnectionRecord, ConnectorWithConnections, Moment, TunnelRecord } from '../../schemas/records.ts'
import { timestampOf } from '../../schemas/time.ts'
import { statusOf } from '../../src/resources/connections/rules.ts'
import {
  connectorHistory,
  insertConnections,
  insertConnector,
  markClosed,
  markLost,
} from '../../src/resources/connections/store.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { tunnelPage } from '../../src/resources/tunnels/list-query.ts'
import { createTunnel } from '../../src/resources/tunnels/rules.ts'
import { findTunnel, insertTunnel, saveTunnel } from '../../src/resources/tunnels/store.ts'
import { newConnections, newConnector } from '../../src/simulation/new-connector.ts'
import type { Database } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'
import { ACCOUNT, SECRET } from '../support/emulator.ts'
import { holds } from '../support/property/replay.ts'

const STATUSES = ['inactive', 'down', 'degraded', 'healthy'] as const
const TUNNELS = 6
const LAST = 40

function at(minute: number): string {
  return timestampOf(minute * 60_000_000)
}

const step = fc.record({
  tunnel: fc.nat(TUNNELS - 1),
  connector: fc.nat(1),
  does: fc.constantFrom('open', 'open', 'lose', 'close', 'delete'),
  count: fc.integer({ min: 1, max: 5 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const moment = fc
  .record({ window: fc.nat(LAST), healthy_connections: fc.integer({ min: 1, max: 6 }) })
  .map(({ window, ...numbers }): Moment => ({ now: at(LAST), tracked_since: at(LAST - window), ...numbers }))

/** One more minute for each step. */
function play(
  db: Database,
  tunnels: readonly TunnelRecord[],
  { tunnel: nth, connector: c, does, count }: Step,
  minute: number,
) {
  const tunnel = tunnels[nth]
  if (!tunnel) throw new Error('no tunnel')
  const now = at(minute)
  const connector = newConnector({}, `${tunnel.name}-${c}`, SECRET, now)
  const known = connectorHistory(db, tunnel).find(({ id }) => id === connector.id)?.connections ?? []
  const open = known.filter(({ closed_at }) => closed_at === null)
  let drawn = 0

  if (does === 'open') {
    insertConnector(db, tunnel, connector)
    insertConnections(
      db,
      tunnel,
      newConnections(connector, count, () => `${minute}-${drawn++}`, now),
    )
  }
  if (does === 'lose') markLost(db, tunnel, open.filter(({ lost_at }) => lost_at === null).slice(0, count), now)
  if (does === 'close') markClosed(db, tunnel, open.slice(0, count), now)
  if (does === 'delete') saveTunnel(db, { ...tunnel, deleted_at: now })
}

function isLive({ lost_at, closed_at }: ConnectionRecord): boolean {
  return lost_at === null && closed_at === null
}

function expectedStatus(
  connectors: readonly ConnectorWithConnections[],
  { tracked_since, healthy_connections }: Moment,
) {
  const all = connectors.flatMap(({ connections }) => connections)
  const live = connectors.map(({ connections }) => connections.filter(isLive).length).filter(count => count > 0)
  if (all.length === 0) return 'inactive'
  if (live.length === 0) return 'down'
  const pending = all.some(
    ({ lost_at, closed_at }) => closed_at === null && lost_at !== null && lost_at > tracked_since,
  )
  return pending || live.some(count => count < healthy_connections) ? 'degraded' : 'healthy'
}

function expectedCount(connectors: readonly ConnectorWithConnections[]): number {
  if (connectors.every(({ connections }) => connections.length === 0)) return -1
  const live = connectors.map(({ connections }) => connections.filter(isLive).length).filter(count => count > 0)
  return live.length === 0 ? 0 : Math.min(...live)
}

/** All pages of two. */
function listed(db: Database, filter: Parameters<typeof tunnelPage>[2], at: Moment): string[] {
  const names: string[] = []
  for (let offset = 0; ; offset += 2) {
    const { items, total } = tunnelPage(db, ACCOUNT, filter, { limit: 2, offset }, at)
    names.push(...items.map(({ name }) => name))
    if (items.length < 2) {
      expect(total).toBe(names.length)
      return names
    }
  }
}

/** Tunnels of several ages, with some of one instant, after these steps. */
function startWith(steps: readonly Step[]): { db: Database; tunnels: readonly TunnelRecord[] } {
  const db = openDatabase(':memory:', PRODUCTS.data.schema)
  const tunnels = Array.from({ length: TUNNELS }, (_, nth) => {
    const fresh = { id: `id-${nth}`, secret: SECRET, now: at(nth % 4) }
    return createTunnel(ACCOUNT, { name: `t${nth}` }, fresh, 32)
  })
  for (const tunnel of tunnels) insertTunnel(db, tunnel)
  for (const [nth, one] of steps.entries()) play(db, tunnels, one, nth + 1)
  return { db, tunnels }
}

/** What the tunnel is by its connections, once what is stored of it agrees. */
function checked(db: Database, { id }: TunnelRecord, when: Moment) {
  const found = findTunnel(db, ACCOUNT, id, when)
  if (!found) throw new Error('no tunnel')
  const history = connectorHistory(db, found)
  const status = expectedStatus(history, when)

  expect(statusOf(found)).toBe(status)
  expect(db.value('SELECT fewest_live FROM tunnels WHERE id = ?', id)).toBe(expectedCount(history))
  return { ...found, status }
}

type Checked = ReturnType<typeof checked>

function newestFirst(one: Checked, other: Checked): number {
  const [a, b] = [`${one.created_at} ${one.id}`, `${other.created_at} ${other.id}`]
  return a < b ? 1 : -1
}

describe('the statuses of tunnels with any connections', () => {
  it('follow from the connections, one by one and in lists, whatever the numbers of the rule are', async () => {
    const story = fc.array(step, { maxLength: LAST - 1 })
    const moments = fc.array(moment, { minLength: 1, maxLength: 3 })
    await holds(60, fc.tuple(story, moments), async ([steps, whens]) => {
      const { db, tunnels } = startWith(steps)
      for (const when of whens) {
        const all = tunnels.map(tunnel => checked(db, tunnel, when)).toSorted(newestFirst)
        for (const deleted of [true, false, undefined]) {
          const fitting = all.filter(one => deleted === undefined || (one.deleted_at !== null) === deleted)
          const namesOf = (status?: string) =>
            fitting.filter(one => status === undefined || one.status === status).map(({ name }) => name)

          expect(listed(db, { deleted }, when)).toEqual(namesOf())
          for (const status of STATUSES) expect(listed(db, { deleted, status }, when)).toEqual(namesOf(status))
        }
      }
      db.close()
    })
  })
})
