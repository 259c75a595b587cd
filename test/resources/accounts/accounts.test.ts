import { describe, expect, it } from 'vitest'
import type { Account, Member, Membership, User } from '../../../schemas/account.ts'
import { ACCOUNT, startEmulator } from '../../support/emulator.ts'

const SHOP = 'a'.repeat(32)
const BLOG = 'b'.repeat(32)
const ACCOUNTS = [
  { id: SHOP, name: 'Shop' },
  { id: BLOG, name: 'Blog' },
]

async function start() {
  return (await startEmulator({ seed: [{ accounts: ACCOUNTS }] })).at('')
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

describe('list accounts', { tags: ['account_keys'] }, () => {
  it('returns the sample account without a seed', { tags: ['account_values'] }, async () => {
    const { at } = await startEmulator()
    const { result, result_info, headers } = await at('/accounts').get<Account[]>('')

    expect(result).toEqual([
      {
        id: ACCOUNT,
        name: 'Example account',
        type: 'standard',
        settings: {
          enforce_twofactor: false,
          api_access_enabled: null,
          access_approval_expiry: null,
          use_account_custom_ns_by_default: false,
          default_nameservers: 'cloudflare.standard',
          abuse_contact_email: null,
        },
        created_on: '2014-01-01T05:20:00.123450Z',
      },
    ])
    expect(result_info).toEqual({ page: 1, per_page: 20, total_pages: 1, count: 1, total_count: 1 })
    expect(headers['mockflared-evidence']).toBe('assumed; account_values')
  })

  it('returns the accounts of a seed, by exact name, in both directions and page by page', async () => {
    const { get } = await start()
    const names = async (query: string) => (await get<Account[]>(`/accounts${query}`)).result.map(({ name }) => name)

    expect(await names('')).toEqual(['Shop', 'Blog'])
    expect(await names('?direction=desc')).toEqual(['Blog', 'Shop'])
    expect(await names('?name=Blog')).toEqual(['Blog'])
    expect(await names('?name=Blo')).toEqual([])
    expect(await names('?per_page=1&page=2')).toEqual(['Blog'])
  })

  it('returns the accounts that strict credentials cover', { tags: ['account_list_covered'] }, async () => {
    const credentials = [
      { token: 'all', permissions: ['Account Settings Read', 'Memberships Read'] },
      { token: 'blog', accounts: [BLOG], permissions: ['Account Settings Write', 'Memberships Read'] },
    ]
    const { at } = await startEmulator({ auth: 'strict', seed: [{ accounts: ACCOUNTS, credentials }] })
    const { get } = at('')
    const count = async (path: string, token: string) =>
      (await get<unknown[]>(path, undefined, bearer(token))).result.length

    expect(await count('/accounts', 'all')).toBe(2)
    expect(await count('/accounts', 'blog')).toBe(1)
    expect(await count('/memberships', 'blog')).toBe(1)
  })
})

describe('get an account', { tags: ['account_keys'] }, () => {
  it('returns an account that the seed names, or any without a seed', { tags: ['account_values'] }, async () => {
    const { get } = await start()

    expect((await get<Account>(`/accounts/${SHOP.toUpperCase()}`)).result).toMatchObject({ id: SHOP, name: 'Shop' })
    expect((await (await startEmulator()).at('').get<Account>(`/accounts/${BLOG}`)).result.id).toBe(BLOG)
  })

  it('with an account that the seed does not name gets 10000', { tags: ['account_unlisted'] }, async () => {
    const { get } = await start()

    expect((await get(`/accounts/${ACCOUNT}`)).errors[0]?.code).toBe(10000)
  })

  it('requires its permission with strict credentials', { tags: ['account_permission_groups'] }, async () => {
    const credentials = [
      { token: 'settings', permissions: ['Account Settings Read'] },
      { token: 'tunnels', permissions: ['Cloudflare Tunnel Write'] },
    ]
    const { at } = await startEmulator({ auth: 'strict', seed: [{ credentials }] })
    const statusOf = async (path: string, token: string) => (await at('').get(path, undefined, bearer(token))).status

    expect(await statusOf(`/accounts/${ACCOUNT}`, 'settings')).toBe(200)
    expect(await statusOf(`/accounts/${ACCOUNT}`, 'tunnels')).toBe(403)
    expect(await statusOf('/user', 'settings')).toBe(403)
    expect(await statusOf('/memberships', 'settings')).toBe(403)
  })
})

describe('list memberships', { tags: ['membership_keys'] }, () => {
  it('returns an accepted membership for each account', { tags: ['membership_values'] }, async () => {
    const { get } = await start()
    const { result } = await get<Membership[]>('/memberships?order=account.name')

    expect(result.map(({ account }) => account)).toEqual([ACCOUNTS[1], ACCOUNTS[0]])
    expect(result[0]).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), status: 'accepted' })
    expect((await get<Membership[]>('/memberships?order=status')).result).toHaveLength(2)
  })

  it('filters by name and status, and ends after the last page', async () => {
    const { get } = await start()
    const count = async (query: string) => (await get<Membership[]>(`/memberships?${query}`)).result.length

    expect(await count('account.name=Shop')).toBe(1)
    expect(await count('name=Shop')).toBe(1)
    expect(await count('status=pending')).toBe(0)
    expect(await count('page=2')).toBe(0)
  })
})

describe('the user', { tags: ['user_values'] }, () => {
  it('has the address that came with an API key', async () => {
    const { get } = await start()
    const key = { 'x-auth-email': 'me@example.org', 'x-auth-key': '144c9defac04969c7bfad8efaa8ea194' }

    expect((await get<User>('/user')).result.email).toBe('user@example.com')
    expect((await get<User>('/user', undefined, key)).result.email).toBe('me@example.org')
  })

  it('is a member of every account', async () => {
    const { get } = await start()

    expect((await get<Member[]>(`/accounts/${SHOP}/members`)).result).toMatchObject([
      { status: 'accepted', user: { email: 'user@example.com' } },
    ])
    expect((await get<Member[]>(`/accounts/${SHOP}/members?status=pending`)).result).toEqual([])
  })
})

describe('verify a token', { tags: ['token_verified', 'token_id'] }, () => {
  it('returns its id and status, with a message', async () => {
    const { get } = await start()
    const { status, headers, ...body } = await get<{ id: string }>('/user/tokens/verify')

    expect(Object.keys(body)).toEqual(['result', 'success', 'errors', 'messages'])
    expect(body).toEqual({
      result: { id: expect.stringMatching(/^[0-9a-f]{32}$/), status: 'active' },
      success: true,
      errors: [],
      messages: [{ code: 10000, message: 'This API Token is valid and active', type: null }],
    })
    expect((await get<{ id: string }>('/user/tokens/verify')).result.id).toBe(body.result.id)
  })

  it('of an account works at the path of the account only', { tags: ['token_owner'] }, async () => {
    const { get } = await start()
    const token = bearer(`cfat_${'Z'.repeat(40)}`)

    expect((await get('/user/tokens/verify', undefined, token)).status).toBe(401)
    expect((await get(`/accounts/${SHOP}/tokens/verify`, undefined, token)).status).toBe(200)
  })

  it('with strict credentials must be in the seed and cover the account', async () => {
    const credentials = [{ token: 'shop', accounts: [SHOP], permissions: [] }]
    const { at } = await startEmulator({ auth: 'strict', seed: [{ credentials }] })
    const codeFor = async (path: string, token: string) =>
      (await at('').get(path, undefined, bearer(token))).errors[0]?.code

    expect(await codeFor('/user/tokens/verify', 'shop')).toBeUndefined()
    expect(await codeFor('/user/tokens/verify', 'x'.repeat(40))).toBe(1000)
    expect(await codeFor(`/accounts/${SHOP}/tokens/verify`, 'shop')).toBeUndefined()
    expect(await codeFor(`/accounts/${BLOG}/tokens/verify`, 'shop')).toBe(1000)
  })

  it('that is malformed gets the error of the gateway, with success first', async () => {
    const { get } = await start()
    const { status, headers, ...body } = await get('/user/tokens/verify', undefined, bearer('undefined'))

    expect(Object.keys(body)).toEqual(['success', 'errors', 'messages', 'result'])
    expect([status, body.errors[0]?.code]).toEqual([400, 6003])
  })

  it('needs no token with --auth off', async () => {
    const { at } = await startEmulator({ auth: 'off' })

    expect((await at('').get('/user/tokens/verify', undefined, {})).status).toBe(200)
  })
})
