/**
 * Random histories of connections: the status of a tunnel, the list of each status and the stored
 * count agree with the connections, also for other values of `healthy_connections` and of the
 * reconnect window.
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

/** Each step takes a minute. */
function applyStep(
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

/** Lists all pages, with two tunnels each. */
function listAll(db: Database, filter: Parameters<typeof tunnelPage>[2], at: Moment): string[] {
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

/** Makes tunnels, with descending ids, and applies the steps. */
function startWith(steps: readonly Step[]): { db: Database; tunnels: readonly TunnelRecord[] } {
  const db = openDatabase(':memory:', PRODUCTS.data.schema)
  const tunnels = Array.from({ length: TUNNELS }, (_, nth) => {
    const newIds = { id: `id-${TUNNELS - nth}`, secret: SECRET, now: at(nth % 4) }
    return createTunnel(ACCOUNT, { name: `t${nth}` }, newIds, 32)
  })
  for (const tunnel of tunnels) insertTunnel(db, tunnel)
  for (const [nth, step] of steps.entries()) applyStep(db, tunnels, step, nth + 1)
  return { db, tunnels }
}

/** Checks the stored tunnel and returns it with the expected status. */
function checked(db: Database, { id }: TunnelRecord, when: Moment) {
  const found = findTunnel(db, ACCOUNT, id, when)
  if (!found) throw new Error('no tunnel')
  const history = connectorHistory(db, found)
  const status = expectedStatus(history, when)

  expect(statusOf(found)).toBe(status)
  expect(db.value('SELECT fewest_live FROM tunnels WHERE id = ?', id)).toBe(expectedCount(history))
  return { ...found, status }
}

describe('tunnel statuses after random changes of connections', () => {
  it('agree with the connections, for single tunnels and in lists, for any parameters of the rule', async () => {
    const history = fc.array(step, { maxLength: LAST - 1 })
    const moments = fc.array(moment, { minLength: 1, maxLength: 3 })
    await holds(60, fc.tuple(history, moments), async ([steps, whens]) => {
      const { db, tunnels } = startWith(steps)
      for (const when of whens) {
        const all = tunnels.map(tunnel => checked(db, tunnel, when)).toReversed()
        for (const deleted of [true, false, undefined]) {
          const matching = all.filter(tunnel => deleted === undefined || (tunnel.deleted_at !== null) === deleted)
          const namesOf = (status?: string) =>
            matching.filter(tunnel => status === undefined || tunnel.status === status).map(({ name }) => name)

          expect(listAll(db, { deleted }, when)).toEqual(namesOf())
          for (const status of STATUSES) expect(listAll(db, { deleted, status }, when)).toEqual(namesOf(status))
        }
      }
      db.close()
    })
  })
})
