import { describe, expect, it } from 'vitest'
import type { StateTunnel } from '../../../schemas/state.ts'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import type { EmulatorOptions } from '../../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf, startEmulator } from '../../support/emulator.ts'
import { tunnelKeysWithout } from '../../support/tunnel-keys.ts'

const OTHER_ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'

function numberedId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** Adds `names`, which requests a list and returns the names on it in order. */
async function startList(options: EmulatorOptions = {}) {
  const api = await startEmulator(options)
  const names = async (query = '') => (await api.get<Tunnel[]>(query)).result.map(({ name }) => name)
  return { ...api, names }
}

function seedWithNames(...names: readonly string[]): EmulatorOptions {
  return { seed: seedOf(...names.map(name => ({ name }))) }
}

const encode = encodeURIComponent

describe('GET cfd_tunnel, 200', { tags: ['list_page'] }, () => {
  it('returns an empty list for an account without tunnels', async () => {
    const { get } = await startEmulator()

    expect(await get('')).toMatchObject({
      status: 200,
      success: true,
      errors: [],
      messages: [],
      result: [],
      result_info: { page: 1, per_page: 1000, count: 0, total_count: 0 },
    })
  })

  it('returns the recorded keys in the recorded order, without secrets and connections', {
    tags: ['tunnel_answer', 'connections_gone'],
  }, async () => {
    const { create, get } = await startEmulator({ seed: ['every-status'] })
    await create({ name: 'blog' })
    const { result } = await get<Tunnel[]>('')

    expect(result).toHaveLength(8)
    for (const tunnel of result) {
      expect(Object.keys(tunnel)).toEqual(tunnelKeysWithout('connections', 'credentials_file', 'token'))
    }
  })

  it('returns each tunnel as a get by id returns it', async () => {
    const { get } = await startEmulator({ seed: ['every-status'] })
    const { result } = await get<Tunnel[]>('')

    for (const tunnel of result) expect((await get(`/${tunnel.id}`)).result).toEqual(tunnel)
  })

  it('returns new tunnels by ascending id', { tags: ['list_order'] }, async () => {
    const { create, get } = await startEmulator()
    const ids: string[] = []
    for (let nth = 0; nth < 8; nth++) ids.push((await create({ name: `t${nth}` })).id)

    expect((await get<Tunnel[]>('')).result.map(({ id }) => id)).toEqual(ids.toSorted())
  })

  it.each(['', '?per_page=3', '?name_prefix=n', '?exclude_prefix=x', '?status=inactive', '?is_deleted=false'])(
    'orders tunnels of any age by id, with "%s"',
    { tags: ['list_order'] },
    async query => {
      const ages = { n2: '-1d', n3: '-3d', n1: '-2d' }
      const { names } = await startList({
        seed: seedOf(
          ...Object.entries(ages).map(([name, created_at]) => ({ id: numberedId(Number(name[1])), name, created_at })),
        ),
      })

      expect(await names(query)).toEqual(['n1', 'n2', 'n3'])
    },
  )

  it('returns only the tunnels of the account', async () => {
    const seed = [{ tunnels: [{ account_tag: OTHER_ACCOUNT, name: 'theirs' }] }, ...seedOf({ name: 'ours' })]
    const { get } = await startEmulator({ seed })
    const inOtherAccount = await startEmulator({ seed }, OTHER_ACCOUNT)

    expect(await get('')).toMatchObject({ result: [{ name: 'ours' }], result_info: { total_count: 1 } })
    expect(await inOtherAccount.get('')).toMatchObject({
      result: [{ name: 'theirs' }],
      result_info: { total_count: 1 },
    })
  })

  it('accepts an account id in upper case', { tags: ['id_case'] }, async () => {
    const { get } = await startEmulator(seedWithNames('blog'), ACCOUNT.toUpperCase())

    expect((await get('')).result).toMatchObject([{ name: 'blog', account_tag: ACCOUNT }])
  })

  it.each(['?colour=red', '?page_size=1', '?Name=none', '?__proto__=1', '?constructor=1', '?&&'])(
    'ignores the unknown parameter in %s',
    async query => {
      const { names } = await startList(seedWithNames('blog', 'shop'))

      expect(await names(query)).toHaveLength(2)
    },
  )

  it('returns an empty list for a filter without matches', async () => {
    const { get } = await startEmulator(seedWithNames('blog'))

    expect(await get('?name=shop')).toMatchObject({ status: 200, result: [], result_info: { total_count: 0 } })
  })
})

describe('GET cfd_tunnel by name, uuid and deletion, 200', { tags: ['list_deleted'] }, () => {
  it.each([
    ['?name=blog', ['blog']],
    ['?name=Blog', ['Blog']],
    ['?name=blo', []],
    ['?name=b%25g', []],
  ])('with %s finds exactly this name', { tags: ['filter_name', 'name_case'] }, async (query, found) => {
    const { names } = await startList(seedWithNames('blog', 'Blog', 'blog-eu'))

    expect(await names(query)).toEqual(found)
  })

  it.each([
    [numberedId(10), 'blog'],
    ['abcdef00-0000-4000-8000-00000000000a', 'shop'],
    ['ABCDEF00-0000-4000-8000-00000000000A', 'shop'],
  ])('with uuid=%s finds the tunnel in any case', { tags: ['filter_uuid'] }, async (uuid, found) => {
    const { names } = await startList({
      seed: seedOf(
        { id: numberedId(10), name: 'blog' },
        { id: 'Abcdef00-0000-4000-8000-00000000000a', name: 'shop' },
        { name: 'wiki' },
      ),
    })

    expect(await names(`?uuid=${uuid}`)).toEqual([found])
  })

  it.each([
    ['', ['live']],
    ['?is_deleted=', ['live']],
    ['?is_deleted=false', ['live']],
    ['?is_deleted=true', ['gone']],
  ])('with "%s" returns %j', { tags: ['list_live_only', 'query_empty_flag'] }, async (query, found) => {
    const { names } = await startList({
      seed: seedOf({ name: 'live' }, { name: 'gone', created_at: '-2d', deleted_at: '-1d' }),
    })

    expect(await names(query)).toEqual(found)
  })

  it('with is_deleted=true returns every deleted tunnel of a name that a live tunnel has', {
    tags: ['name_free_again'],
  }, async () => {
    const { create, delete: remove, names } = await startList()
    for (const _ of [1, 2]) await remove(`/${(await create({ name: 'blog' })).id}`)
    await create({ name: 'blog' })

    expect(await names('?name=blog&is_deleted=true')).toEqual(['blog', 'blog'])
    expect(await names('?name=blog')).toEqual(['blog'])
  })

  it('with uuid finds a deleted tunnel only with is_deleted=true', async () => {
    const { names } = await startList({
      seed: seedOf({ id: numberedId(1), name: 'gone', created_at: '-2d', deleted_at: '-1d' }),
    })

    expect(await names(`?uuid=${numberedId(1)}`)).toEqual([])
    expect(await names(`?uuid=${numberedId(1)}&is_deleted=true`)).toEqual(['gone'])
  })
})

describe('GET cfd_tunnel by prefix, 200', { tags: ['filter_prefix', 'filter_name_prefix'] }, () => {
  const unusualNames = seedWithNames(
    '50% off',
    '50 cents',
    'a_b',
    'axb',
    'übung',
    'ubung',
    'Über',
    '*',
    "o'hara",
    '🦊 den',
  )

  it.each([
    ['50%', ['50% off']],
    ['%', []],
    ['a_', ['a_b']],
    ['_', []],
    ['ü', ['übung']],
    ['u', ['ubung']],
    ['Ü', ['Über']],
    ['*', ['*']],
    ["o'", ["o'hara"]],
    ['🦊', ['🦊 den']],
    ['a_b', ['a_b']],
    ['a_bc', []],
    ['A_B', []],
  ])('reads the prefix %s literally, to include and to exclude', async (prefix, found) => {
    const { get, names } = await startList(unusualNames)

    expect(await names(`?include_prefix=${encode(prefix)}`)).toEqual(found)
    expect(await names(`?name_prefix=${encode(prefix)}`)).toEqual(found)
    const { result, result_info } = await get<Tunnel[]>(`?exclude_prefix=${encode(prefix)}`)
    expect(result.filter(({ name }) => found.includes(name))).toEqual([])
    expect(result_info.total_count).toBe(10 - found.length)
  })

  it('includes one prefix and excludes another', async () => {
    const { names } = await startList(seedWithNames('prod-new', 'prod-old', 'prod-older', 'test-new'))

    expect(await names('?include_prefix=prod-&exclude_prefix=prod-old')).toEqual(['prod-new'])
  })
})

describe('GET cfd_tunnel by time, 200', { tags: ['filter_existed_at'] }, () => {
  const live = { name: 'live', created_at: '2020-01-01T00:00:00Z' }
  const gone = { name: 'gone', created_at: '2020-01-01T00:00:00Z', deleted_at: '2021-01-01T00:00:00Z' }

  it.each([
    ['2019-12-31T23:59:59.999999Z', [], []],
    ['2020-01-01T00:00:00Z', ['live'], ['gone']],
    ['2020-12-31T23:59:59.999999Z', ['live'], ['gone']],
    ['2021-01-01T00:00:00Z', ['live'], []],
    ['2200-01-01T00:00:00Z', ['live'], []],
  ])('with existed_at=%s finds %j, and %j among deleted tunnels', async (time, found, foundDeleted) => {
    const { names } = await startList({ seed: seedOf(live, gone) })

    expect(await names(`?existed_at=${encode(time)}`)).toEqual(found)
    expect(await names(`?existed_at=${encode(time)}&is_deleted=true`)).toEqual(foundDeleted)
  })

  it.each([
    ['plain', '2020-01-01T00:00:00Z', '2019-12-31T23:59:59Z'],
    ['URL-encode', encode('2020-01-01T00:00:00Z'), encode('2019-12-31T23:59:59Z')],
    ['URL-encode once more', encode(encode('2020-01-01T00:00:00Z')), encode(encode('2019-12-31T23:59:59Z'))],
    ['with an offset', encode('2020-01-01T02:00:00+02:00'), encode('2020-01-01T01:59:59+02:00')],
    [
      'with an offset, URL-encode once more',
      encode(encode('2020-01-01T02:00:00+02:00')),
      encode(encode('2020-01-01T01:59:59+02:00')),
    ],
    ['with a negative offset', '2019-12-31T19:00:00-05:00', '2019-12-31T18:59:59-05:00'],
    ['with a short fraction', '2020-01-01T00:00:00.5Z', '2019-12-31T23:59:59.5Z'],
    ['with nanoseconds', '2020-01-01T00:00:00.000000001Z', '2019-12-31T23:59:59.999999999Z'],
    ['in lower case', '2020-01-01t00:00:00z', '2019-12-31t23:59:59z'],
  ])('accepts existed_at %s', { tags: ['filter_existed_at_encoded'] }, async (_, at, before) => {
    const { names } = await startList({ seed: seedOf(live) })

    expect(await names(`?existed_at=${at}`)).toEqual(['live'])
    expect(await names(`?existed_at=${before}`)).toEqual([])
  })

  it.each([
    ['2019-06-01T00:00:00Z', [], []],
    ['2020-01-15T00:00:00Z', [], ['closed', 'lost', 'gap']],
    ['2020-02-01T00:00:00Z', ['closed', 'lost', 'gap'], []],
    ['2020-02-15T00:00:00Z', ['closed', 'lost', 'gap'], []],
    ['2020-03-01T00:00:00Z', [], ['closed', 'lost', 'gap']],
    ['2020-04-15T00:00:00Z', ['gap'], ['closed', 'lost']],
    ['2020-05-15T00:00:00Z', [], ['closed', 'lost', 'gap']],
    ['2020-02-01T01:59:59+02:00', [], ['closed', 'lost', 'gap']],
  ])(
    'at %s finds %j by was_active_at and %j by was_inactive_at',
    { tags: ['filter_was_active_at', 'filter_was_inactive_at'] },
    async (time, active, inactive) => {
      const tunnel = { created_at: '2020-01-01T00:00:00Z' }
      const run_at = '2020-02-01T00:00:00Z'
      const end = '2020-03-01T00:00:00Z'
      const { names } = await startList({
        seed: seedOf(
          { ...tunnel, id: numberedId(1), name: 'closed', connectors: [{ run_at, connections: [{ closed_at: end }] }] },
          { ...tunnel, id: numberedId(2), name: 'lost', connectors: [{ run_at, connections: [{ lost_at: end }] }] },
          {
            ...tunnel,
            id: numberedId(3),
            name: 'gap',
            connectors: [
              { run_at, connections: [{ closed_at: end }] },
              { run_at: '2020-04-01T00:00:00Z', connections: [{ closed_at: '2020-05-01T00:00:00Z' }] },
            ],
          },
        ),
      })

      expect(await names(`?was_active_at=${encode(time)}`)).toEqual(active)
      expect(await names(`?was_inactive_at=${encode(time)}`)).toEqual(inactive)
    },
  )
})

describe('GET cfd_tunnel by status, 200', { tags: ['filter_status'] }, () => {
  it.each([
    ['inactive', ['inactive'], ['deleted-inactive']],
    ['healthy', ['healthy', 'healthy-replicas'], []],
    ['degraded', ['degraded-three-connections', 'degraded-pending-reconnect'], []],
    ['down', ['down-pending-reconnect', 'down'], ['deleted-down']],
  ])('with status=%s finds %j, and %j among deleted tunnels', async (status, live, deleted) => {
    const { get, names } = await startList({ seed: ['every-status'] })

    expect(await names(`?status=${status}`)).toEqual(live)
    expect(await names(`?status=${status}&is_deleted=true`)).toEqual(deleted)
    const { result } = await get<Tunnel[]>(`?status=${status}`)
    for (const tunnel of result) expect(tunnel).toMatchObject({ status })
  })

  it('with several filters returns the tunnels that match all of them', async () => {
    const { names } = await startList({ seed: ['every-status'] })

    expect(await names('?status=degraded&include_prefix=degraded-p')).toEqual(['degraded-pending-reconnect'])
    expect(await names('?status=healthy&exclude_prefix=healthy-&is_deleted=false')).toEqual(['healthy'])
    expect(await names('?status=healthy&name=down')).toEqual([])
    expect(await names(`?uuid=${numberedId(2)}&name=healthy&status=healthy&existed_at=2200-01-01T00:00:00Z`)).toEqual([
      'healthy',
    ])
  })
})

describe('GET cfd_tunnel by page, 200', { tags: ['list_page', 'list_past_the_end'] }, () => {
  /** Tunnels t0 to t24, from newest to oldest. */
  const allNames = Array.from({ length: 25 }, (_, index) => `t${index}`)
  const seed = seedOf(
    ...allNames.map((name, index): Omit<StateTunnel, 'account_tag'> => {
      const created_at = `2020-01-${String(25 - index).padStart(2, '0')}T00:00:00Z`
      return { id: numberedId(index), name, created_at }
    }),
  )

  it.each([
    [1, 10, 0, 10],
    [2, 10, 10, 20],
    [3, 10, 20, 25],
    [4, 10, 25, 25],
    [1, 25, 0, 25],
    [2, 25, 25, 25],
    [25, 1, 24, 25],
    [1, 1000, 0, 25],
    [2_147_483_647, 1000, 25, 25],
  ])('returns for page %i of %i tunnels %i to %i', async (page, per_page, from, to) => {
    const { get } = await startEmulator({ seed })
    const { status, result, result_info } = await get<Tunnel[]>(`?page=${page}&per_page=${per_page}`)

    expect(status).toBe(200)
    expect(result.map(({ name }) => name)).toEqual(allNames.slice(from, to))
    expect(result_info).toEqual({ page, per_page, count: to - from, total_count: 25 })
  })

  it('returns 1000 tunnels a page by default', async () => {
    const { get } = await startEmulator({ seed })

    expect((await get('?page=2')).result_info).toEqual({ page: 2, per_page: 1000, count: 0, total_count: 25 })
  })

  it('counts the tunnels that match the filters', { tags: ['list_total'] }, async () => {
    const { get, names } = await startList({ seed })

    expect((await get('?include_prefix=t1&per_page=4&page=3')).result_info).toEqual({
      page: 3,
      per_page: 4,
      count: 3,
      total_count: 11,
    })
    expect(await names('?include_prefix=t1&per_page=4&page=3')).toEqual(['t17', 't18', 't19'])
  })
})

const NO_BOOLEAN = 'provided string was not `true` or `false`'
const NO_DIGIT = 'invalid digit found in string'

describe('GET cfd_tunnel, 400', { tags: ['query_refused', 'input_invalid', 'list_per_page_maximum'] }, () => {
  it.each([
    ['?uuid=mytunnel', 'UUID parsing failed: invalid character: found `m` at 0'],
    ['?uuid=', 'UUID parsing failed: invalid length: found 0'],
    ['?is_deleted=maybe', NO_BOOLEAN],
    ['?is_deleted=1', NO_BOOLEAN],
    ['?existed_at=yesterday', 'input contains invalid characters'],
    ['?existed_at=2020-01-01', 'premature end of input'],
    ['?existed_at=2020-02-30T00:00:00Z', 'input is out of range'],
    ['?existed_at=2020-01-01T00:00:00ZZ', 'trailing input'],
    ['?existed_at=%25zz', 'input contains invalid characters'],
    ['?was_active_at=', 'premature end of input'],
    ['?was_inactive_at=1577836800', 'input contains invalid characters'],
    ['?status=ok', 'unknown variant `ok`, expected one of `inactive`, `degraded`, `healthy`, `down`'],
    ['?status=', 'unknown variant ``, expected one of `inactive`, `degraded`, `healthy`, `down`'],
    ['?page=0', 'invalid value: integer `0`, expected u32 (minimum 1, maximum 2147483647)'],
    ['?page=-1', NO_DIGIT],
    ['?page=one', NO_DIGIT],
    ['?page=1.5', NO_DIGIT],
    ['?per_page=1e2', NO_DIGIT],
    ['?page=', 'cannot parse integer from empty string'],
    [`?page=${'9'.repeat(400)}`, 'number too large to fit in target type'],
    ['?per_page=1001', 'invalid value: integer `1001`, expected u32 (minimum 1, maximum 1000)'],
    ['?name=a&name=b', 'duplicate field `name`'],
    ['?name=blog&page=x&status=ok', NO_DIGIT],
  ])('answers 1030 for %s in the words of Rust', async (query, reason) => {
    const { get } = await startEmulator(seedWithNames('blog'))
    const { status, errors, result } = await get(query)

    expect(status).toBe(400)
    expect(errors).toMatchObject([{ code: 1030, message: `Could not parse input. Query deserialize error: ${reason}` }])
    expect(result).toBeNull()
  })
})

describe('GET cfd_tunnel, 404', { tags: ['unroutable'] }, () => {
  it.each(['699d98642c564d2e855e9661899b725', 'zzzd98642c564d2e855e9661899b7252', `${ACCOUNT}0`, 'me'])(
    'answers 7003 for an account id that is not 32 hex digits, such as %s',
    async account => {
      const { get } = await startEmulator({}, account)
      const { status, errors } = await get('')

      expect(status).toBe(404)
      expect(errors).toEqual([
        {
          code: 7003,
          message: `Could not route to /accounts/${account}/cfd_tunnel, perhaps your object identifier is invalid?`,
        },
        { code: 7000, message: 'No route for that URI' },
      ])
    },
  )
})

describe('GET cfd_tunnel with boundary values of filters, 200', { tags: ['filter_existed_at'] }, () => {
  it.each(['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59-01:00'])(
    'with existed_at=%s finds a tunnel created before',
    async time => {
      const { get } = await startEmulator({ seed: seedOf({ name: 'blog' }) })

      expect((await get(`?existed_at=${encodeURIComponent(time)}`)).result).toMatchObject([{ name: 'blog' }])
    },
  )

  it('with was_inactive_at leaves out tunnels deleted before that time', {
    tags: ['filter_was_inactive_at'],
  }, async () => {
    const seed = seedOf({ name: 'gone', created_at: '2020-01-01T00:00:00Z', deleted_at: '2021-01-01T00:00:00Z' })
    const { get } = await startEmulator({ seed })

    expect((await get('?is_deleted=true&was_inactive_at=2022-01-01T00:00:00Z')).result).toEqual([])
    expect((await get('?is_deleted=true&was_inactive_at=2020-06-01T00:00:00Z')).result).toHaveLength(1)
  })

  it.each(['exclude_prefix', 'include_prefix', 'name_prefix'])(
    'ignores an empty %s',
    { tags: ['filter_empty_prefix'] },
    async prefix => {
      const { get } = await startEmulator({ seed: seedOf({ name: 'blog' }) })

      expect((await get(`?${prefix}=`)).result).toMatchObject([{ name: 'blog' }])
    },
  )

  it('accepts any character in a prefix, NUL included', { tags: ['filter_prefix'] }, async () => {
    const { get } = await startEmulator({ seed: seedOf({ name: 'a\u0000b' }, { name: 'a\u0000c' }) })

    expect((await get('?include_prefix=a%00b')).result).toMatchObject([{ name: 'a\u0000b' }])
    expect((await get('?exclude_prefix=a%00b')).result).toMatchObject([{ name: 'a\u0000c' }])
  })
})
