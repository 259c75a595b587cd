import { describe, expect, it } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import { type JournalEntry, type RequestExpectation, Verification } from '../../schemas/control/journal.ts'
import { verify } from '../../src/control/verification.ts'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const COLLECTION = `/accounts/${ACCOUNT}/cfd_tunnel`

function entryOf(changes: Partial<JournalEntry>): JournalEntry {
  return {
    id: 1,
    at: '2026-01-01T00:00:00.000000Z',
    operation: 'create',
    method: 'POST',
    path: COLLECTION,
    account_id: ACCOUNT,
    tunnel_id: null,
    query: {},
    headers: {},
    body: null,
    status: 200,
    answer: null,
    duration_ms: 0.5,
    unread: [],
    ...changes,
  }
}

const ENTRIES = [
  entryOf({ id: 1, body: { name: 'blog', config_src: 'cloudflare' } }),
  entryOf({ id: 2, body: { name: 'blog2', config_src: 'local' }, status: 409 }),
  entryOf({ id: 3, operation: 'list', method: 'GET', query: { per_page: '5', is_deleted: 'true' } }),
  entryOf({ id: 4, operation: 'get', method: 'GET', path: `${COLLECTION}/${TUNNEL}`, tunnel_id: TUNNEL }),
  entryOf({ id: 5, body: { name: 'shop', tunnel_secret: '[redacted]' }, status: null }),
]

function nearestIds(expectation: RequestExpectation): number[] {
  return verify(ENTRIES, expectation).nearest.map(({ request_id }) => request_id)
}

describe('verify', () => {
  it.each<[RequestExpectation, number]>([
    [{}, 5],
    [{ operation: 'create' }, 3],
    [{ method: 'get' }, 2],
    [{ path: COLLECTION }, 4],
    [{ account_id: ACCOUNT.toUpperCase() }, 5],
    [{ tunnel_id: TUNNEL.toUpperCase() }, 1],
    [{ status: 409 }, 1],
    [{ query: { per_page: 5 } }, 1],
    [{ query: { per_page: '5', is_deleted: true } }, 1],
    [{ body: { name: 'blog' } }, 1],
    [{ body: { tunnel_secret: '[redacted]' } }, 1],
    [{ operation: 'create', body: {} }, 3],
  ])('finds %j %i times', (expectation, matched) => {
    const { request_ids, ...result } = verify(ENTRIES, expectation)

    expect(result).toMatchObject({ passed: true, matched, nearest: [] })
    expect(request_ids).toHaveLength(matched)
    expect(ENTRIES.map(({ id }) => id)).toEqual(expect.arrayContaining(request_ids))
  })

  it.each<[RequestExpectation['count'], Verification['expected'], boolean]>([
    [undefined, { min: 1, max: null }, true],
    [{}, { min: 0, max: null }, true],
    [{ min: 3 }, { min: 3, max: null }, true],
    [{ min: 4 }, { min: 4, max: null }, false],
    [{ max: 3 }, { min: 0, max: 3 }, true],
    [{ max: 2 }, { min: 0, max: 2 }, false],
    [{ max: 0 }, { min: 0, max: 0 }, false],
    [{ min: 3, max: 3 }, { min: 3, max: 3 }, true],
  ])('with count %j and three matches', (count, expected, passed) => {
    const expectation = { operation: 'create', ...(count && { count }) }

    expect(verify(ENTRIES, expectation)).toMatchObject({ passed, matched: 3, expected })
  })

  it('passes when no request is expected and none was logged', () => {
    expect(verify([], { count: { max: 0 } })).toMatchObject({ passed: true, matched: 0 })
    expect(verify([], {})).toMatchObject({ passed: false, matched: 0, nearest: [] })
  })

  it('returns a result that fits its model, passed or not', () => {
    for (const expectation of [{}, { status: 500 }, { body: { name: 'nobody' } }]) {
      expect(problemWith(Verification, verify(ENTRIES, expectation))).toBeUndefined()
    }
  })
})

describe('the nearest misses', () => {
  it('prefer the same operation, then the fewest differences, then the latest request', () => {
    expect(nearestIds({ operation: 'create', body: { name: 'x', config_src: 'cloudflare' } })).toEqual([1, 5, 2])
  })

  it('are any requests when none has the operation', () => {
    expect(nearestIds({ operation: 'rename', tunnel_id: TUNNEL })).toEqual([4, 5, 3])
  })

  it('list a body with one wrong field before a missing body', () => {
    expect(nearestIds({ body: { name: 'blog3', config_src: 'local' } })[0]).toBe(2)
  })

  it('omit matching requests', () => {
    expect(nearestIds({ operation: 'create', status: 200, count: { min: 2 } })).toEqual([5, 2])
  })

  it('are empty when too many requests match', () => {
    expect(nearestIds({ operation: 'create', count: { max: 1 } })).toEqual([])
  })

  it('list the differences', () => {
    const [nearest] = verify(ENTRIES, { operation: 'create', body: { name: 'blog3', config_src: 'local' } }).nearest

    expect(nearest).toEqual({
      request_id: 2,
      differences: [{ field: 'body.name', expected: 'blog3', actual: 'blog2' }],
    })
  })
})

describe('the message', () => {
  it('names the expectation and the nearest requests', () => {
    const entries = ENTRIES.slice(1, 3)
    const { message } = verify(entries, { operation: 'create', body: { name: 'blog', metadata: [1] }, status: 200 })

    expect(message).toBe(`expected at least 1 request with
  operation: "create"
  body: {"name":"blog","metadata":[1]}
  status: 200
but 0 of 2 requests in the journal matched
near: request 2, POST ${COLLECTION}, answered 409
  body.name: expected "blog", got "blog2"
  body.metadata: expected [1], got nothing
  status: expected 200, got 409`)
  })

  it('lists the matching requests when there are too many', () => {
    const { message } = verify(ENTRIES, { method: 'GET', count: { max: 1 } })

    expect(message).toBe(`expected at most 1 request with
  method: "GET"
but 2 of 5 requests in the journal matched: 3, 4`)
  })

  it.each<[RequestExpectation['count'], string]>([
    [undefined, 'expected at least 1 request'],
    [{ min: 2 }, 'expected at least 2 requests'],
    [{ max: 0 }, 'expected no request'],
    [{ max: 2 }, 'expected at most 2 requests'],
    [{ min: 2, max: 2 }, 'expected exactly 2 requests'],
    [{ min: 2, max: 3 }, 'expected 2 to 3 requests'],
  ])('with count %j says: %s', (count, text) => {
    expect(verify([], count ? { count } : {}).message.split('\n')[0]).toBe(text)
  })

  it('stays readable with long values', () => {
    const long = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`key${index}`, 'x'.repeat(1_000)]))
    const { message } = verify([entryOf({ body: {}, status: null })], { body: long })

    expect(message).toContain('not answered')
    expect(message).toContain('… and 20 more')
    expect(message.length).toBeLessThan(4_000)
  })
})
