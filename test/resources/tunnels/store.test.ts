import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CompleteConnectorRecord, Moment, TunnelRecord } from '../../../schemas/records.ts'
import { insertCompleteConnector } from '../../../src/resources/connections/simulation-store.ts'
import {
  findConnector,
  markClosed,
  markLost,
  trackedConnectorsByTunnel,
} from '../../../src/resources/connections/store.ts'
import { MIGRATIONS } from '../../../src/resources/migrations.ts'
import { PRODUCTS } from '../../../src/resources/products.ts'
import { tunnelPage } from '../../../src/resources/tunnels/list-query.ts'
import { insertTunnel, saveTunnel } from '../../../src/resources/tunnels/store.ts'
import type { Database as Handle } from '../../../src/store/database.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { temporary } from '../../support/command.ts'
import { ACCOUNT, SECRET } from '../../support/emulator.ts'

const moment: Moment = {
  now: '2026-01-01T00:00:00.000000Z',
  tracked_since: '2025-12-31T23:55:00.000000Z',
  healthy_connections: 4,
}

function insertMany(db: Handle, count: number): void {
  db.transaction(() => {
    for (let index = 0; index < count; index++) insertTunnel(db, tunnelNamed(`t${index}`, index))
  })
}

function tunnelNamed(name: string, index: number): TunnelRecord {
  return {
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
  }
}

describe('tunnelPage', () => {
  it('uses the same number of statements for any page size', () => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    insertMany(db, 500)
    const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1'))
    const calls = [vi.spyOn(statement, 'all'), vi.spyOn(statement, 'get'), vi.spyOn(statement, 'run')]

    const statementsFor = (limit: number): number => {
      for (const call of calls) call.mockClear()
      const { items } = tunnelPage(db, ACCOUNT, {}, { limit, offset: 0 }, moment)
      trackedConnectorsByTunnel(db, ACCOUNT, items, moment)
      expect(items).toHaveLength(limit)
      return calls.reduce((sum, call) => sum + call.mock.calls.length, 0)
    }
    expect([statementsFor(1), statementsFor(20), statementsFor(500)]).toEqual([3, 3, 3])
    vi.restoreAllMocks()
    db.close()
  })
})

describe('tunnelPage of 10,000 tunnels', () => {
  it.each([
    ['live tunnels', { deleted: false }],
    ['deleted tunnels', { deleted: true }],
    ['live and deleted tunnels', {}],
    ['inactive tunnels', { deleted: false, status: 'inactive' as const }],
    ['tunnels before a time', { deleted: false, existed_at: moment.now }],
    ['tunnels with a prefix to exclude', { deleted: false, exclude_prefix: 'x' }],
  ])('reads a page of %s in the order of an index, without a sort', (_, filter) => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    insertMany(db, 10_000)
    const all = vi.spyOn(db, 'all')
    tunnelPage(db, ACCOUNT, filter, { limit: 20, offset: 40 }, moment)
    const [sql = '', parameters = {}] = all.mock.calls.at(-1) ?? []

    const plan = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters).map(({ detail }) => detail)
    expect(plan.join('\n')).toMatch(/USING (COVERING )?INDEX \w+_by_\w+/)
    expect(plan.join('\n')).not.toContain('TEMP B-TREE')
  })
})

describe('tunnelPage of all tunnels', () => {
  it('orders live and deleted tunnels together, across pages', () => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05']
    for (const [index, day] of days.entries()) {
      const deleted_at = index % 2 === 0 ? null : moment.now
      insertTunnel(db, { ...tunnelNamed(day, 9 - index), created_at: `${day}T00:00:00.000000Z`, deleted_at })
    }

    const page = (offset: number): string[] =>
      tunnelPage(db, ACCOUNT, {}, { limit: 2, offset }, moment).items.map(({ name }) => name)
    expect([page(0), page(2), page(4)].flat()).toEqual(days.toReversed())
  })
})

function connector(id: string, live: number, lost: number): CompleteConnectorRecord {
  return {
    id,
    kind: 'simulated',
    version: '2026.8.2',
    arch: 'linux_amd64',
    features: [],
    run_at: moment.now,
    config_version: null,
    colos: ['dfw01'],
    origin_ip: '10.1.0.137',
    tunnel_secret: SECRET,
    reconnects: false,
    config_delay_ms: null,
    connections: Array.from({ length: live + lost }, (_, nth) => ({
      id: `${id}-${nth}`,
      client_id: id,
      conn_index: null,
      colo_name: 'dfw01',
      origin_ip: '10.1.0.137',
      opened_at: moment.now,
      lost_at: nth < live ? null : moment.now,
      closed_at: null,
    })),
  }
}

const LATER: Moment = { ...moment, tracked_since: moment.now }

const STATUSES = ['inactive', 'down', 'degraded', 'healthy'] as const

/** Lists the names of live tunnels by status, and checks the totals. */
function namesByStatus(db: Handle, at: Moment) {
  return STATUSES.map(status => {
    const { items, total } = tunnelPage(db, ACCOUNT, { deleted: false, status }, { limit: 100, offset: 0 }, at)
    expect(total).toBe(items.length)
    return items.map(({ name }) => name).join()
  })
}

describe('tunnelPage of live tunnels', () => {
  it('orders tunnels of all statuses together, across pages', () => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05', '2026-01-06', '2026-01-07']
    for (const [index, day] of days.entries()) {
      const tunnel = { ...tunnelNamed(day, 9 - index), created_at: `${day}T00:00:00.000000Z` }
      insertTunnel(db, tunnel)
      if (index % 4 > 0)
        insertCompleteConnector(db, tunnel, connector(day, [0, 4, 2, 0][index % 4] ?? 0, index % 4 === 3 ? 1 : 0))
    }

    const page = (offset: number): string[] =>
      tunnelPage(db, ACCOUNT, { deleted: false }, { limit: 3, offset }, moment).items.map(({ name }) => name)
    expect([page(0), page(3), page(6)].flat()).toEqual(days.toReversed())
  })
})

describe('tunnelPage by status', () => {
  const start = () => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    const [never, whole, short, shaken, lost] = ['never', 'whole', 'short', 'shaken', 'lost'].map(tunnelNamed)
    if (!never || !whole || !short || !shaken || !lost) throw new Error('no tunnels')
    for (const tunnel of [never, whole, short, shaken, lost]) insertTunnel(db, tunnel)
    insertCompleteConnector(db, whole, connector('whole', 4, 0))
    insertCompleteConnector(db, short, connector('first', 4, 0))
    insertCompleteConnector(db, short, connector('second', 3, 0))
    insertCompleteConnector(db, shaken, connector('shaken', 4, 1))
    insertCompleteConnector(db, lost, connector('lost', 0, 4))
    return { db, whole, short }
  }

  it('finds and counts tunnels after each change of connections', () => {
    const { db, whole, short } = start()
    expect(namesByStatus(db, moment)).toEqual(['never', 'lost', 'short,shaken', 'whole'])
    expect(namesByStatus(db, LATER)).toEqual(['never', 'lost', 'short', 'whole,shaken'])

    const { connections: gone = [] } = findConnector(db, short, 'second', moment) ?? {}
    markClosed(db, short, gone, moment.now)
    markLost(db, whole, findConnector(db, whole, 'whole', moment)?.connections ?? [], moment.now)
    expect(namesByStatus(db, moment)).toEqual(['never', 'whole,lost', 'shaken', 'short'])
  })

  it('finds tunnels after a deletion, a failed transaction and a reset', () => {
    const { db, whole } = start()
    saveTunnel(db, { ...whole, deleted_at: moment.now })
    expect(namesByStatus(db, moment)[3]).toBe('')

    const failing = () =>
      db.transaction(() => {
        PRODUCTS.data.clear(db)
        throw new Error('no')
      })
    expect(failing).toThrow('no')
    expect(namesByStatus(db, moment)[2]).toBe('short,shaken')
    db.transaction(() => PRODUCTS.data.clear(db))
    expect(namesByStatus(db, moment)).toEqual(['', '', '', ''])
  })
})

describe('a database of version 2, without stored counts', () => {
  it('gets the counts of its tunnels in a migration', () => {
    const file = temporary('old.db')
    openDatabase(file, { ...PRODUCTS.data.schema, migrations: MIGRATIONS.slice(0, 2) }).close()
    const old = new Database(file)
    const row = `'${ACCOUNT}', 'id'`
    old.exec(`
      INSERT INTO tunnels VALUES (${row}, 'old', 'local', 's', '{}', '${moment.now}', NULL, '${moment.now}', NULL);
      INSERT INTO tunnels VALUES ('${ACCOUNT}', 'new', 'new', 'local', 's', '{}', '${moment.now}', NULL, NULL, NULL);
      INSERT INTO connectors VALUES (${row}, 'c', 'v', 'a', '[]', '${moment.now}', NULL, '[]', 'ip', 's', 0, NULL);
      INSERT INTO connections VALUES (${row}, 'c', 'n', 'dfw01', 'ip', '${moment.now}', NULL, NULL)`)
    old.close()

    const db = openDatabase(file, PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    expect(namesByStatus(db, moment)).toEqual(['new', '', 'old', ''])
  })
})

/** The states of connections, by tunnel and connector. */
const CONNECTORS_OF_VERSION_5: Readonly<Record<string, readonly (readonly string[])[]>> = {
  never: [],
  closed: [['closed', 'closed']],
  expired: [['expired']],
  pending: [['pending', 'closed']],
  healthy: [['live', 'live', 'live', 'live', 'closed', 'expired']],
  replicas: [
    ['live', 'live', 'live', 'live'],
    ['closed', 'closed'],
    ['live', 'live', 'live', 'live', 'live'],
  ],
  short: [
    ['live', 'live', 'live', 'live'],
    ['live', 'live', 'live'],
  ],
  shaken: [['live', 'live', 'live', 'live', 'pending']],
}

describe('a database of version 5, with triggers', () => {
  it('has the same statuses after the migration, also after later changes', () => {
    const file = temporary('version-5.db')
    openDatabase(file, { ...PRODUCTS.data.schema, migrations: MIGRATIONS.slice(0, 5) }).close()
    const old = new Database(file)
    const ends: Record<string, [lost: string | null, closed: string | null]> = {
      live: [null, null],
      pending: [moment.now, null],
      expired: [moment.tracked_since, null],
      closed: [null, moment.now],
    }
    const [tunnel, connector, connection] = [
      "INSERT INTO tunnels (account_tag, id, name, config_src, tunnel_secret, metadata, created_at) VALUES (?, ?, ?, 'local', 's', '{}', ?)",
      "INSERT INTO connectors VALUES (?, ?, ?, 'v', 'a', '[]', ?, NULL, '[]', 'ip', 's', 0, NULL)",
      "INSERT INTO connections VALUES (?, ?, ?, ?, 'dfw01', 'ip', ?, ?, ?)",
    ].map(sql => old.prepare(sql))
    for (const [name, connectors] of Object.entries(CONNECTORS_OF_VERSION_5)) {
      tunnel?.run(ACCOUNT, name, name, moment.tracked_since)
      for (const [nth, states] of connectors.entries()) {
        connector?.run(ACCOUNT, name, `c${nth}`, moment.tracked_since)
        for (const [index, state] of states.entries()) {
          connection?.run(ACCOUNT, name, `c${nth}`, `${index}`, moment.tracked_since, ...(ends[state] ?? []))
        }
      }
    }
    expect(old.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").pluck().get()).toBe(5)
    old.close()

    const db = openDatabase(file, PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    expect(db.value("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")).toBe(0)
    expect(namesByStatus(db, moment)).toEqual(['never', 'closed,expired,pending', 'shaken,short', 'healthy,replicas'])
    expect(namesByStatus(db, LATER)).toEqual(['never', 'closed,expired,pending', 'short', 'healthy,replicas,shaken'])

    const key = { account_tag: ACCOUNT, id: 'healthy' }
    markLost(db, key, findConnector(db, key, 'c0', moment)?.connections.slice(0, 1) ?? [], moment.now)
    expect(namesByStatus(db, moment)[2]).toBe('healthy,shaken,short')
  })
})

describe('a database of version 6, indexed by age', () => {
  it('lists its tunnels by id after the migration', () => {
    const file = temporary('version-6.db')
    const old = openDatabase(file, { ...PRODUCTS.data.schema, migrations: MIGRATIONS.slice(0, 6) })
    const days = ['2026-01-01', '2026-01-02', '2026-01-03']
    for (const [index, day] of days.entries()) {
      insertTunnel(old, { ...tunnelNamed(day, 9 - index), created_at: `${day}T00:00:00.000000Z` })
    }
    old.close()

    const db = openDatabase(file, PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    const { items } = tunnelPage(db, ACCOUNT, { deleted: false }, { limit: 2, offset: 0 }, moment)
    expect(items.map(({ name }) => name)).toEqual(['2026-01-03', '2026-01-02'])
    expect(db.all("SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE '%by_age'")).toEqual([])
  })
})

describe('tunnelPage by prefix', () => {
  it.each(['b', 'blog', '', '\u{10ffff}', 'é', 'B', '%', '_'])('finds exactly the names that start with %j', prefix => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    onTestFinished(() => db.close())
    const names = [
      'b',
      'blog',
      'blog\u{10ffff}x',
      'bloh',
      'B',
      'é',
      'éa',
      '\u{10ffff}',
      '\u{10ffff}\u{10ffff}',
      '%',
      '_x',
    ]
    for (const [index, name] of names.entries()) insertTunnel(db, tunnelNamed(name, index))

    const { items } = tunnelPage(db, ACCOUNT, { include_prefix: prefix }, { limit: 100, offset: 0 }, moment)
    expect(items.map(({ name }) => name).sort()).toEqual(names.filter(name => name.startsWith(prefix)).sort())
  })
})

describe('insertTunnel', () => {
  it('is undone if its transaction fails', () => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    const write = () =>
      db.transaction(() => {
        insertTunnel(db, tunnelNamed('blog', 1))
        throw new Error('no')
      })

    expect(write).toThrow('no')
    expect(PRODUCTS.data.isEmpty(db)).toBe(true)
    db.close()
  })

  it('throws for the name of a live tunnel', () => {
    const db = openDatabase(':memory:', PRODUCTS.data.schema)
    insertTunnel(db, tunnelNamed('blog', 1))

    expect(() => insertTunnel(db, tunnelNamed('blog', 2))).toThrow('UNIQUE')
    db.close()
  })
})
