import { describe, expect, it } from 'vitest'
import type { State, StateCredential } from '../../schemas/state.ts'
import { ACCOUNT, startEmulator } from '../support/emulator.ts'

const OTHER_ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

const WRITE: Pick<StateCredential, 'permissions'> = { permissions: ['Cloudflare Tunnel Write'] }
const READ: Pick<StateCredential, 'permissions'> = { permissions: ['Cloudflare Tunnel Read'] }

const MISSING = {
  status: 400,
  errors: [{ code: 9106, message: 'Missing X-Auth-Key, X-Auth-Email or Authorization headers' }],
}
const MALFORMED = {
  status: 400,
  errors: [
    {
      code: 6003,
      message: 'Invalid request headers',
      error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
    },
  ],
}
const UNKNOWN = { status: 403, errors: [{ code: 9109, message: 'Invalid access token' }] }
const NOT_PERMITTED = { status: 403, errors: [{ code: 10000, message: 'Authentication error' }] }

/**
 * An emulator with one tunnel that accepts only these credentials; `call` sends a request with some
 * headers.
 */
async function startStrict(credentials: StateCredential[], state: Omit<State, 'credentials'> = {}, account = ACCOUNT) {
  const tunnels = [{ id: ID, account_tag: ACCOUNT, name: 'blog' }]
  const emulator = await startEmulator({ auth: 'strict', seed: [{ tunnels, ...state, credentials }] }, account)
  return { ...emulator, list: (headers: Record<string, string>) => emulator.get('', undefined, headers) }
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

/** Well-formed, as strict mode requires, and in no seed. */
const TOKEN = 'YQSn-xWAQiiEh9qM58wZNnyQS7FUdoqGIUAbrh7T'
const KEY = '144c9defac04969c7bfad8efaa8ea194'

function keyed(key: string) {
  return { 'x-auth-email': 'me@example.com', 'x-auth-key': key }
}

/** Each way to send a credential. */
const STYLES: [string, Record<string, string>][] = [
  ['a token', { authorization: 'Bearer abc-DEF_123.~+/=' }],
  ['a token with a lower-case scheme', { authorization: 'bearer abc' }],
  ['a key with its e-mail address', keyed(KEY)],
  ['a service key', { 'x-auth-user-service-key': 'v1.0-key' }],
  [
    'several credentials at once',
    {
      authorization: 'Bearer abc',
      ...keyed(KEY),
      'x-auth-user-service-key': 'v1.0-key',
    },
  ],
]

/** Headers without a credential. */
const WITHOUT_CREDENTIAL: Record<string, string>[] = [
  {},
  { 'x-auth-email': 'me@example.com' },
  { 'x-auth-key': 'key' },
  { 'x-auth-email': '', 'x-auth-key': '' },
  { 'x-auth-user-service-key': '' },
  { cookie: 'session=1' },
]

const MALFORMED_HEADERS = [
  'Bearer',
  'Bearer ',
  'Basic dXNlcjpwYXNz',
  'abc',
  'Bearer a b',
  'Bearer "abc"',
  'Bearerabc',
  '',
  'Bearer undefined',
  'Bearer null',
  'bearer  undefined',
  'Bearer [object Object]',
  'Bearer $CLOUDFLARE_API_TOKEN',
  `Bearer \${CLOUDFLARE_API_TOKEN}`,
  `Bearer \${{ secrets.CLOUDFLARE_API_TOKEN }}`,
  'Bearer Bearer abc',
]

const KEY_MALFORMED = {
  status: 400,
  errors: [
    {
      code: 6003,
      message: 'Invalid request headers',
      error_chain: [{ code: 6103, message: 'Invalid format for X-Auth-Key header' }],
    },
  ],
}

const DIGITS = '0123456789abcdef'.repeat(3)

const KEYS = [KEY, DIGITS.slice(0, 37), DIGITS.slice(0, 45), `cfk_${TOKEN}${DIGITS.slice(0, 8)}`]

const MALFORMED_KEYS = [
  'asdf',
  'undefined',
  'null',
  '$CLOUDFLARE_API_KEY',
  `\${CLOUDFLARE_API_KEY}`,
  TOKEN,
  `cfut_${TOKEN}`,
  DIGITS.slice(0, 33),
  DIGITS.slice(0, 46),
  `${DIGITS.slice(0, 36)}g`,
  DIGITS.slice(0, 37).toUpperCase(),
]

describe('auth open, 200', { tags: ['credential_styles'] }, () => {
  it.each(STYLES)('accepts %s', async (_, headers) => {
    const { get } = await startEmulator()

    expect((await get('', undefined, headers)).status).toBe(200)
  })

  it('lets any credential write, whatever the credentials of the seed', async () => {
    const { post } = await startEmulator({ seed: [{ credentials: [{ token: 'reader', ...READ }] }] })

    expect((await post('', { name: 'one' }, { ...bearer('reader'), 'content-type': 'application/json' })).status).toBe(
      200,
    )
    expect((await post('', { name: 'two' }, { ...bearer('nobody'), 'content-type': 'application/json' })).status).toBe(
      200,
    )
  })
})

describe('auth open, 400', { tags: ['credentials_missing', 'authorization_malformed'] }, () => {
  it.each(WITHOUT_CREDENTIAL)('9106: rejects %j without a credential', async headers => {
    const { get } = await startEmulator()

    expect(await get('', undefined, headers)).toMatchObject({ ...MISSING, success: false, messages: [], result: null })
  })

  it.each(MALFORMED_HEADERS)('6003: rejects the Authorization "%s"', async authorization => {
    const { get } = await startEmulator()

    expect(await get('', undefined, { authorization })).toMatchObject({ ...MALFORMED, result: null })
  })

  it('6003: rejects a malformed Authorization despite a valid key', async () => {
    const { get } = await startEmulator()
    const headers = { authorization: 'Basic x', ...keyed(KEY) }

    expect(await get('', undefined, headers)).toMatchObject(MALFORMED)
  })

  it('9106: rejects a missing credential before it checks ids and bodies', async () => {
    const { get, post } = await startEmulator()

    expect(await get('/blog', undefined, {})).toMatchObject(MISSING)
    expect(await get('?page=0', undefined, {})).toMatchObject(MISSING)
    expect(await post('', '{"not json', {})).toMatchObject(MISSING)
  })
})

describe.each(['open', 'strict'] as const)(
  'an X-Auth-Key with auth %s',
  { tags: ['key_malformed', 'credential_forms'] },
  auth => {
    it.each(MALFORMED_KEYS)('of another form gets 6103: %s', async key => {
      const { get } = await startEmulator({ auth })

      expect(await get('', undefined, keyed(key))).toMatchObject({ ...KEY_MALFORMED, result: null })
      expect(await get('', undefined, { ...bearer(TOKEN), ...keyed(key) })).toMatchObject(KEY_MALFORMED)
    })

    it.each(KEYS)('of a known form is looked up: %s', async key => {
      const { get } = await startEmulator({ auth })

      expect((await get('', undefined, keyed(key))).status).toBe(auth === 'open' ? 200 : 403)
    })

    it('of a seed is never malformed', async () => {
      const credentials = [{ email: 'me@example.com', key: 'short', ...READ }]
      const { get } = await startEmulator({ auth, seed: [{ credentials }] })

      expect((await get('', undefined, keyed('short'))).status).toBe(200)
      expect(await get('', undefined, keyed('shorter'))).toMatchObject(KEY_MALFORMED)
    })
  },
)

describe('a token with auth strict', { tags: ['authorization_malformed', 'credential_forms'] }, () => {
  it.each(['invalid', 'abc', TOKEN.slice(1), `${TOKEN}a`, `${TOKEN}.`, `eyJh${'A'.repeat(176)}`, 'undefined'])(
    'of another form gets 6111: %s',
    async token => {
      const { list } = await startStrict([{ token: 'listed', ...READ }])

      expect(await list(bearer(token))).toMatchObject(MALFORMED)
    },
  )

  it.each([TOKEN, `cfut_${TOKEN}01234567`, `cfat_${TOKEN}01234567`, `cfoat_${TOKEN}${TOKEN}`])(
    'of a known form is looked up: %s',
    async token => {
      const { list } = await startStrict([{ token: 'listed', ...READ }])

      expect(await list(bearer(token))).toMatchObject(UNKNOWN)
    },
  )

  it.each(['listed', 'undefined', 'with blanks', '"quoted"'])('of a seed is never malformed: %s', async token => {
    const { list } = await startStrict([{ token, ...READ }])

    expect((await list(bearer(token))).status).toBe(200)
  })
})

describe('auth open, 403', { tags: ['account_unlisted'] }, () => {
  it('10000: rejects other accounts if the seed lists accounts', async () => {
    const seed = [{ accounts: [{ id: ACCOUNT.toUpperCase() }] }]
    const listed = await startEmulator({ seed })
    const unlisted = await startEmulator({ seed }, OTHER_ACCOUNT)

    expect((await listed.get('')).status).toBe(200)
    expect(await unlisted.get('')).toMatchObject({ ...NOT_PERMITTED, result: null })
    expect(await unlisted.post('', { name: 'blog' })).toMatchObject(NOT_PERMITTED)
  })
})

describe('auth off, 200', { tags: ['credential_styles'] }, () => {
  it.each([...WITHOUT_CREDENTIAL, { authorization: 'Basic x' }, bearer('null'), keyed('asdf')])(
    'accepts %j',
    async headers => {
      const { get, post } = await startEmulator({ auth: 'off' })

      expect((await get('', undefined, headers)).status).toBe(200)
      expect((await post('', { name: 'blog' }, headers)).status).toBe(200)
    },
  )
})

describe('auth off, 403', { tags: ['account_unlisted'] }, () => {
  it('10000: rejects accounts that the seed does not list', async () => {
    const { get } = await startEmulator({ auth: 'off', seed: [{ accounts: [{ id: OTHER_ACCOUNT }] }] })

    expect(await get('', undefined, {})).toMatchObject(NOT_PERMITTED)
  })
})

describe('auth strict, 200', { tags: ['permissions', 'credential_styles'] }, () => {
  it.each([
    ['a token', { token: 'abc' }, bearer('abc')],
    [
      'a key with its e-mail address',
      { email: 'me@example.com', key: 'k' },
      { 'x-auth-email': 'me@example.com', 'x-auth-key': 'k' },
    ],
    ['a service key', { service_key: 'v1.0-k' }, { 'x-auth-user-service-key': 'v1.0-k' }],
  ])('accepts %s from the seed', async (_, listed, headers) => {
    const { list } = await startStrict([
      { token: 'other', ...READ },
      { ...listed, ...READ },
    ])

    expect((await list(headers)).status).toBe(200)
  })

  it('accepts several credentials if one of them suffices', async () => {
    const { list, delete: remove } = await startStrict([
      { token: 'reader', ...READ },
      { service_key: 'writer', ...WRITE },
    ])

    expect((await list({ ...bearer(TOKEN), 'x-auth-user-service-key': 'writer' })).status).toBe(200)
    const both = { ...bearer('reader'), 'x-auth-user-service-key': 'writer' }
    expect((await remove(`/${ID}`, undefined, both)).status).toBe(200)
  })

  it.each([
    'Cloudflare Tunnel Write' as const,
    'Cloudflare One Connectors Write' as const,
    'Cloudflare One Connector: cloudflared Write' as const,
  ])('%s reads and writes', async permission => {
    const { list, get, patch } = await startStrict([{ token: 'abc', permissions: [permission] }])

    expect((await list(bearer('abc'))).status).toBe(200)
    expect((await get(`/${ID}/token`, undefined, bearer('abc'))).status).toBe(200)
    expect((await patch(`/${ID}`, { name: 'shop' }, bearer('abc'))).status).toBe(200)
  })

  it.each([
    'Cloudflare Tunnel Read' as const,
    'Cloudflare One Connectors Read' as const,
    'Cloudflare One Connector: cloudflared Read' as const,
  ])('%s reads', async permission => {
    const { list, get } = await startStrict([{ token: 'abc', permissions: [permission] }])

    expect((await list(bearer('abc'))).status).toBe(200)
    expect((await get(`/${ID}`, undefined, bearer('abc'))).status).toBe(200)
    expect((await get(`/${ID}/connections`, undefined, bearer('abc'))).status).toBe(200)
  })

  it('permits the accounts of the credential, whatever the case of their ids', async () => {
    const accounts = [ACCOUNT.toUpperCase()]
    const { list } = await startStrict([{ token: 'abc', accounts, ...READ }])
    const upper = await startStrict([{ token: 'abc', accounts, ...READ }], {}, ACCOUNT.toUpperCase())

    expect((await list(bearer('abc'))).status).toBe(200)
    expect((await upper.list(bearer('abc'))).status).toBe(200)
  })
})

describe('auth strict, 400', { tags: ['credentials_missing', 'authorization_malformed'] }, () => {
  it('9106 and 6003: rejects missing and malformed credentials', async () => {
    const { list } = await startStrict([{ token: 'abc', ...READ }])

    expect(await list({})).toMatchObject(MISSING)
    expect(await list({ authorization: 'abc' })).toMatchObject(MALFORMED)
  })
})

describe('auth strict, 403', { tags: ['credential_unknown', 'not_permitted', 'permissions'] }, () => {
  it.each([
    ['another token', bearer(TOKEN.replace('Y', 'X'))],
    ['the token in another case', bearer(TOKEN.toUpperCase())],
    ['the key of somebody else', { ...keyed(KEY), 'x-auth-email': 'you@example.com' }],
    ['a wrong key', keyed(KEY.replaceAll('1', '2'))],
    ['a token as service key', { 'x-auth-user-service-key': TOKEN }],
    ['a service key as token', bearer('s'.repeat(40))],
    ['a text that would be SQL', { 'x-auth-user-service-key': "' OR 1=1--" }],
  ])('9109: rejects %s', async (_, headers) => {
    const { list } = await startStrict([
      { token: TOKEN, ...WRITE },
      { email: 'me@example.com', key: KEY, ...WRITE },
      { service_key: 's'.repeat(40), ...WRITE },
    ])

    expect(await list(headers)).toMatchObject({ ...UNKNOWN, success: false, messages: [], result: null })
  })

  it('9109: rejects every credential if the seed lists none', async () => {
    const { list } = await startStrict([])

    expect(await list(bearer(TOKEN))).toMatchObject(UNKNOWN)
  })

  it('10000: rejects an account that the credential does not cover', async () => {
    const { list } = await startStrict([{ token: 'abc', accounts: [OTHER_ACCOUNT], ...WRITE }])

    expect(await list(bearer('abc'))).toMatchObject({ ...NOT_PERMITTED, result: null })
  })

  it('10000: rejects an account that the seed does not list', async () => {
    const state = { accounts: [{ id: ACCOUNT }] }
    const credentials = [{ token: 'abc', ...WRITE }]
    const listed = await startStrict(credentials, state)
    const unlisted = await startStrict(credentials, state, OTHER_ACCOUNT)

    expect((await listed.list(bearer('abc'))).status).toBe(200)
    expect(await unlisted.list(bearer('abc'))).toMatchObject(NOT_PERMITTED)
  })

  it('10000: does not combine the account of one credential with the permission of another', async () => {
    const { post } = await startStrict([
      { token: 'here', accounts: [ACCOUNT], ...READ },
      { service_key: 'there', accounts: [OTHER_ACCOUNT], ...WRITE },
    ])

    expect(await post('', { name: 'shop' }, { ...bearer('here'), 'x-auth-user-service-key': 'there' })).toMatchObject(
      NOT_PERMITTED,
    )
  })

  it('10000: rejects a credential without a permission', async () => {
    const { list } = await startStrict([{ token: 'abc', permissions: [] }])

    expect(await list(bearer('abc'))).toMatchObject(NOT_PERMITTED)
  })

  it.each([
    ['POST' as const, ''],
    ['PATCH' as const, `/${ID}`],
    ['DELETE' as const, `/${ID}`],
    ['PUT' as const, `/${ID}/configurations`],
    ['DELETE' as const, `/${ID}/connections`],
    ['POST' as const, `/${ID}/management`],
    ['POST' as const, `/${ID}/management/logs`],
    ['GET' as const, `/${ID}/token`],
  ])(
    '10000: a read permission is not enough for %s cfd_tunnel%s',
    { tags: ['tunnel_token_permission'] },
    async (method, path) => {
      const { send, list } = await startStrict([{ token: 'abc', ...READ }])
      const url = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel${path}`

      expect(await send({ method, url, headers: bearer('abc'), payload: { name: 'shop' } })).toMatchObject(
        NOT_PERMITTED,
      )
      expect((await list(bearer('abc'))).result).toMatchObject([{ id: ID, name: 'blog', deleted_at: null }])
    },
  )
})
