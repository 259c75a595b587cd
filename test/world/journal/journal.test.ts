import { describe, expect, it, vi } from 'vitest'
import { problemWith } from '../../../schemas/check.ts'
import { JournalEntry, type RequestFilter } from '../../../schemas/control/journal.ts'
import {
  type Asked,
  type Course,
  createJournal,
  type Exchanged,
  type Journal,
} from '../../../src/world/journal/journal.ts'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

const ASKED: Asked = {
  operation: 'list',
  method: 'GET',
  path: `/accounts/${ACCOUNT}/cfd_tunnel`,
  account_id: ACCOUNT,
  tunnel_id: null,
  headers: {},
}
const COURSE: Course = { at: '2026-01-01T00:00:00.000000Z', status: 200, duration_ms: 0.5 }

const NOTHING: Exchanged = { query: {}, unread: [], body: 'null', answer: 'null' }

/** Adds an entry that is as said, and otherwise an ordinary list. */
function add(
  journal: Journal,
  { status = 200, ...asked }: Partial<Asked & Course> = {},
  exchanged: Partial<Exchanged> = {},
): number {
  return journal.add({ ...ASKED, ...asked }, { ...COURSE, status }, { ...NOTHING, ...exchanged })
}

function idsOf(entries: readonly JournalEntry[]): number[] {
  return entries.map(({ id }) => id)
}

describe('a journal', () => {
  it('numbers what it is given from 1 and lists the newest last', () => {
    const journal = createJournal()

    expect([add(journal), add(journal), add(journal)]).toEqual([1, 2, 3])
    expect(idsOf(journal.list())).toEqual([1, 2, 3])
  })

  it('shows entries that fit their model, with body and answer read', () => {
    const journal = createJournal()
    add(journal, {}, { body: '{"name":"blog"}', answer: '{"success":true}' })
    const [entry] = journal.list()

    expect(problemWith(JournalEntry, entry)).toBeUndefined()
    expect(JSON.parse(JSON.stringify(entry))).toMatchObject({ body: { name: 'blog' }, answer: { success: true } })
  })

  it.each([1, 7, 150, 1_000])(
    'of %i shows each of a thousand entries whole, though most are as the one before',
    size => {
      const journal = createJournal(size)
      const exchangedIn = (nth: number) => ({
        query: { page: Math.floor(nth / 110) },
        unread: nth % 7 ? [] : ['query.page'],
        body: `{"third":${nth % 3}}`,
        answer: `{"block":${Math.floor(nth / 120)}}`,
      })
      for (let nth = 0; nth < 1_000; nth += 1) add(journal, { path: `/${Math.floor(nth / 130)}` }, exchangedIn(nth))

      const shown = journal
        .list()
        .map(({ id, path, query, unread, body, answer }) => ({ id, path, query, unread, body, answer }))
      const nths = Array.from({ length: 1_000 }, (_, nth) => nth).slice(-size)
      expect(JSON.parse(JSON.stringify(shown))).toEqual(
        nths.map(nth => ({
          id: nth + 1,
          path: `/${Math.floor(nth / 130)}`,
          query: { page: Math.floor(nth / 110) },
          unread: nth % 7 ? [] : ['query.page'],
          body: { third: nth % 3 },
          answer: { block: Math.floor(nth / 120) },
        })),
      )
    },
  )

  it('shows what comes after it was cleared whole, though it is as what came before', () => {
    const journal = createJournal()
    const exchanged = { body: '{"name":"blog"}', answer: '{"success":true}' }
    add(journal, {}, exchanged)
    journal.clear()
    add(journal, {}, exchanged)

    expect(JSON.parse(JSON.stringify(journal.list()))).toMatchObject([
      { id: 2, operation: 'list', body: { name: 'blog' }, answer: { success: true } },
    ])
  })

  it('shows each entry as it was, when the very same was asked several times', () => {
    const journal = createJournal()
    const other = { ...ASKED, operation: 'get' }
    for (const [asked, status] of [
      [ASKED, 200],
      [ASKED, 404],
      [other, 200],
      [ASKED, 200],
    ] as const) {
      journal.add(asked, { ...COURSE, status }, NOTHING)
    }

    expect(journal.list().map(({ operation, status }) => [operation, status])).toEqual([
      ['list', 200],
      ['list', 404],
      ['get', 200],
      ['list', 200],
    ])
  })

  it('does not read an answer that nobody looks at', () => {
    const journal = createJournal()
    const reading = vi.spyOn(JSON, 'parse')
    const answer = '{"read":"by nobody but this test"}'
    add(journal, {}, { body: 'null', answer })
    const [entry] = journal.list({ status: 200 })

    expect(reading).not.toHaveBeenCalledWith(answer)
    expect(entry?.answer).toEqual({ read: 'by nobody but this test' })
    expect(reading).toHaveBeenCalledWith(answer)
  })

  it.each([
    { size: 1, added: 5, kept: [5] },
    { size: 3, added: 2, kept: [1, 2] },
    { size: 3, added: 3, kept: [1, 2, 3] },
    { size: 3, added: 4, kept: [2, 3, 4] },
    { size: 3, added: 8, kept: [6, 7, 8] },
  ])('of size $size keeps $kept of $added', ({ size, added, kept }) => {
    const journal = createJournal(size)
    for (let count = 0; count < added; count += 1) add(journal)

    expect(idsOf(journal.list())).toEqual(kept)
  })

  it('of size 0 is off', () => {
    expect(createJournal(0).isOn).toBe(false)
    expect(createJournal(0).list()).toEqual([])
    expect(createJournal(1).isOn).toBe(true)
  })

  it('forgets everything when cleared, but never gives an id twice', () => {
    const journal = createJournal(2)
    for (let count = 0; count < 3; count += 1) add(journal)

    expect(journal.clear()).toBe(2)
    expect(journal.list()).toEqual([])
    expect(add(journal)).toBe(4)
    expect(idsOf(journal.list())).toEqual([4])
  })
})

describe('the list of a journal', () => {
  const journal = createJournal()
  add(journal, { operation: 'create', method: 'POST' })
  add(journal, { operation: 'create', method: 'POST', status: 409 })
  add(journal, { operation: 'get', path: `/accounts/${ACCOUNT}/cfd_tunnel/${TUNNEL}`, tunnel_id: TUNNEL })
  add(journal, { operation: null, path: '/zones', account_id: null, status: 404 })
  add(journal, { operation: 'list', status: null })

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
    [{ after: 3 }, [4, 5]],
    [{ after: 5 }, []],
    [{ limit: 2 }, [4, 5]],
    [{ limit: 99 }, [1, 2, 3, 4, 5]],
    [{ after: 0, limit: 2 }, [1, 2]],
    [{ after: 2, limit: 2 }, [3, 4]],
    [{ operation: 'create', limit: 1 }, [2]],
  ])('filtered by %j has %j', (filter, ids) => {
    expect(idsOf(journal.list(filter))).toEqual(ids)
  })
})
