import { describe, expect, it } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import { JournalEntry, type RequestFilter } from '../../schemas/control/journal.ts'
import { createRequestLog, type RequestLog } from '../../src/world/request-log.ts'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

const ENTRY: Omit<JournalEntry, 'id'> = {
  at: '2026-01-01T00:00:00.000000Z',
  operation: 'list',
  method: 'GET',
  path: `/accounts/${ACCOUNT}/cfd_tunnel`,
  account_id: ACCOUNT,
  tunnel_id: null,
  query: {},
  headers: {},
  body: null,
  status: 200,
  answer: null,
  duration_ms: 0.5,
  unread: [],
}

function add(log: RequestLog, changes: Partial<JournalEntry> = {}): number {
  return log.add({ ...ENTRY, ...changes })
}

function idsOf(entries: readonly JournalEntry[]): number[] {
  return entries.map(({ id }) => id)
}

describe('a request log', () => {
  it('numbers entries from 1 and lists the newest last', () => {
    const log = createRequestLog()

    expect([add(log), add(log), add(log)]).toEqual([1, 2, 3])
    expect(idsOf(log.list())).toEqual([1, 2, 3])
  })

  it('returns entries unchanged', () => {
    const log = createRequestLog()
    const entry = { ...ENTRY, body: { name: 'blog', nested: [1, null] }, query: { page: '2' }, unread: ['query.page'] }
    log.add(entry)
    const [listed] = log.list()

    expect(problemWith(JournalEntry, listed)).toBeUndefined()
    expect(listed).toEqual({ id: 1, ...entry })
  })

  it('does not change if a reader changes its copy', () => {
    const log = createRequestLog()
    add(log, { body: { name: 'blog' } })
    for (const entry of log.list()) Object.assign(entry.body as object, { name: 'shop' })

    expect(log.list()).toMatchObject([{ body: { name: 'blog' } }])
  })

  it.each([
    { size: 1, added: 5, expected: [5] },
    { size: 3, added: 2, expected: [1, 2] },
    { size: 3, added: 3, expected: [1, 2, 3] },
    { size: 3, added: 4, expected: [2, 3, 4] },
    { size: 3, added: 8, expected: [6, 7, 8] },
  ])('of size $size keeps $expected of $added', ({ size, added, expected }) => {
    const log = createRequestLog(size)
    for (let count = 0; count < added; count += 1) add(log)

    expect(idsOf(log.list())).toEqual(expected)
  })

  it('of size 0 is off', () => {
    expect(createRequestLog(0).isOn).toBe(false)
    expect(createRequestLog(0).list()).toEqual([])
    expect(createRequestLog(1).isOn).toBe(true)
  })

  it('finds an entry by its id', () => {
    const log = createRequestLog(2)
    for (let count = 0; count < 3; count += 1) add(log)

    expect([0, 1, 2, 3, 4].map(id => log.find(id)?.id)).toEqual([undefined, undefined, 2, 3, undefined])
    expect([log.clear(), log.find(3), log.lastId()]).toEqual([2, undefined, 3])
    expect(log.find(add(log))).toEqual({ id: 4, ...ENTRY })
  })

  it('is empty after clear, but never reuses an id', () => {
    const log = createRequestLog(2)
    for (let count = 0; count < 3; count += 1) add(log)

    expect(log.clear()).toBe(2)
    expect(log.list()).toEqual([])
    expect(add(log)).toBe(4)
    expect(idsOf(log.list())).toEqual([4])
  })
})

describe('the list of a request log', () => {
  const log = createRequestLog()
  add(log, { operation: 'create', method: 'POST', body: { name: 'blog' }, unread: ['body.colour'] })
  add(log, { operation: 'create', method: 'POST', status: 409 })
  add(log, {
    operation: 'get',
    path: `/accounts/${ACCOUNT}/cfd_tunnel/${TUNNEL}`,
    tunnel_id: TUNNEL,
    answer: { result: 'Blog' },
  })
  add(log, { operation: null, path: '/zones', account_id: null, status: 404 })
  add(log, { operation: 'list', status: null })

  it.each<[RequestFilter, number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ operation: 'create' }, [1, 2]],
    [{ method: 'post' }, [1, 2]],
    [{ path: `/accounts/${ACCOUNT}/cfd_tunnel` }, [1, 2, 3, 5]],
    [{ path: '/zones' }, [4]],
    [{ account_id: ACCOUNT.toUpperCase() }, [1, 2, 3, 5]],
    [{ tunnel_id: TUNNEL.toUpperCase() }, [3]],
    [{ status: 409 }, [2]],
    [{ operation: 'create', status: 200 }, [1]],
    [{ operation: 'nonsense' }, []],
    [{ status: '4xx' }, [2, 4]],
    [{ status: '2xx', operation: 'get' }, [3]],
    [{ status: '5xx' }, []],
    [{ unread: true }, [1]],
    [{ unread: false }, [2, 3, 4, 5]],
    [{ text: 'BLOG' }, [1, 3]],
    [{ text: 'zones' }, [4]],
    [{ text: '"name":"blog"' }, [1]],
    [{ before: 3 }, [1, 2]],
    [{ before: 1 }, []],
    [{ before: 99, limit: 1 }, [5]],
    [{ before: 4, limit: 2 }, [2, 3]],
    [{ after: 1, before: 5 }, [2, 3, 4]],
    [{ after: 1, before: 5, limit: 2 }, [2, 3]],
    [{ after: 4, before: 2 }, []],
    [{ operation: 'create', before: 5, limit: 1 }, [2]],
    [{ after: 3 }, [4, 5]],
    [{ after: 5 }, []],
    [{ limit: 2 }, [4, 5]],
    [{ limit: 99 }, [1, 2, 3, 4, 5]],
    [{ after: 0, limit: 2 }, [1, 2]],
    [{ after: 2, limit: 2 }, [3, 4]],
    [{ operation: 'create', limit: 1 }, [2]],
  ])('filtered by %j contains %j', (filter, ids) => {
    expect(idsOf(log.list(filter))).toEqual(ids)
  })
})
