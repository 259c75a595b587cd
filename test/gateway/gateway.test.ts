import { connect } from 'node:net'
import type { InjectOptions } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TunnelRecord } from '../../schemas/records.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { NEVER_CONNECTED } from '../../src/resources/connections/rules.ts'
import type { TunnelWithConnectivity } from '../../src/resources/tunnels/row.ts'
import { createTunnel } from '../../src/resources/tunnels/rules.ts'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { ACCOUNT, SECRET, seedOf, startEmulator, UNKNOWN_ID } from '../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const BARE = `/accounts/${ACCOUNT}/cfd_tunnel`
const BASE = `/client/v4${BARE}`
const AUTH = { authorization: 'Bearer token' }

const SEED = seedOf({
  id: ID,
  name: 'blog',
  config_src: 'cloudflare',
  created_at: '2020-01-01T00:00:00Z',
  connectors: [{ id: ID, run_at: '2020-02-01T00:00:00Z' }],
})

/**
 * Starts an emulator with one connected tunnel. Returns a function that sends a request and returns
 * the raw response: bytes, status and headers.
 */
async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ listen: false, seed: SEED, ...options })
  onTestFinished(() => emulator.close())
  return (method: InjectOptions['method'] & string, url: string, rest: Omit<InjectOptions, 'method' | 'url'> = {}) =>
    emulator.inject({ headers: AUTH, ...rest, method, url })
}

function unroutable(path: string) {
  return [{ code: 7003, message: `Could not route to /client/v4${path}, perhaps your object identifier is invalid?` }]
}

function tunnelUnroutable(path: string) {
  return [
    { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
    { code: 7000, message: 'No route for that URI' },
  ]
}

/** One request for each kind of error, with its status. */
const REFUSALS: [number, InjectOptions['method'] & string, string, Omit<InjectOptions, 'method' | 'url'>][] = [
  [400, 'GET', BASE, { headers: {} }],
  [400, 'GET', BASE, { headers: { authorization: 'Basic x' } }],
  [400, 'GET', `${BASE}?page=0`, {}],
  [400, 'POST', BASE, {}],
  [400, 'POST', BASE, { payload: '{"not json' }],
  [400, 'DELETE', `${BASE}/${ID}`, {}],
  [400, 'PUT', `${BASE}/${ID}/configurations`, { payload: { config: { ingress: [] } } }],
  [404, 'GET', `${BASE}/${UNKNOWN_ID}`, {}],
  [404, 'GET', `${BASE}/${ID}/connectors/${UNKNOWN_ID}`, {}],
  [404, 'GET', `${BASE}/blog`, {}],
  [404, 'GET', '/client/v4/accounts/me/cfd_tunnel', {}],
  [404, 'GET', '/client/v4/ips', {}],
  [404, 'GET', '/', {}],
  [404, 'GET', '/client/v4/accounts/%zz/cfd_tunnel', {}],
  [404, 'GET', `${BASE}/${'a'.repeat(101)}`, {}],
  [405, 'PATCH', BASE, {}],
  [409, 'POST', BASE, { payload: { name: 'blog' } }],
  [413, 'POST', BASE, { payload: 'x'.repeat(1024 * 1024 + 1) }],
]

const SUCCESSES: [InjectOptions['method'] & string, string, Omit<InjectOptions, 'method' | 'url'>][] = [
  ['GET', BASE, {}],
  ['POST', BASE, { payload: { name: 'shop' } }],
  ['GET', `${BASE}/${ID}`, {}],
  ['PATCH', `${BASE}/${ID}`, { payload: {} }],
  ['DELETE', `${BASE}/${ID}?cascade=true`, {}],
  ['GET', `${BASE}/${ID}/configurations`, {}],
  ['PUT', `${BASE}/${ID}/configurations`, { payload: { config: { ingress: [{ service: 'hello_world' }] } } }],
  ['GET', `${BASE}/${ID}/connections`, {}],
  ['DELETE', `${BASE}/${ID}/connections`, {}],
  ['GET', `${BASE}/${ID}/connectors/${ID}`, {}],
  ['GET', `${BASE}/${ID}/token`, {}],
  ['POST', `${BASE}/${ID}/management`, { payload: { resources: ['logs'] } }],
  ['POST', `${BASE}/${ID}/management/logs`, {}],
]

const HEADERS = {
  'content-type': 'application/json',
  'cf-ray': expect.stringMatching(/^[0-9a-f]{16}-[A-Z]{3}$/),
  ratelimit: expect.stringMatching(/^"default";r=\d+;t=\d+$/),
  'ratelimit-policy': '"default";q=1200;w=300',
}

describe('the envelope', { tags: ['envelope', 'messages_empty', 'status_200', 'answer_headers'] }, () => {
  it.each(REFUSALS)('of a %i to %s %s has only success, errors, messages and result', async (status, ...request) => {
    const send = await start()
    const response = await send(...request)

    expect(response.statusCode).toBe(status)
    expect(response.json()).toEqual({ success: false, errors: expect.any(Array), messages: [], result: null })
    expect(response.json().errors[0]).toEqual(
      expect.objectContaining({ code: expect.any(Number), message: expect.any(String) }),
    )
    expect(response.headers).toMatchObject(HEADERS)
  })

  it.each(SUCCESSES)('of a 200 to %s %s has its keys in the recorded order', async (...request) => {
    const send = await start()
    const response = await send(...request)
    const { result, ...rest } = response.json()

    expect(response.statusCode).toBe(200)
    expect(result).toBeDefined()
    expect(rest).toMatchObject({ success: true, errors: [], messages: [] })
    expect(Object.keys(response.json()).slice(0, 4)).toEqual(['success', 'errors', 'messages', 'result'])
    expect('result_info' in rest).toBe(request[0] === 'GET' && request[1] === BASE)
    expect(response.headers).toMatchObject(HEADERS)
  })

  it('comes with another cf-ray in each response', async () => {
    const send = await start()
    const rays = [await send('GET', BASE), await send('GET', BASE), await send('GET', '/')].map(
      ({ headers }) => headers['cf-ray'],
    )

    expect(new Set(rays).size).toBe(3)
  })
})

describe('the base path', { tags: ['bare_path'] }, () => {
  it.each(SUCCESSES)('is optional in %s %s', async (method, url, rest) => {
    const send = await start()

    expect((await send(method, url.replace('/client/v4', ''), rest)).statusCode).toBe(200)
  })

  it.each([`/client/v4/client/v4${BARE}`, `/client/v5${BARE}`, `/CLIENT/V4${BARE}`, '/client/v4', '/client/v4x'])(
    'has no other form, such as in %s',
    async url => {
      const send = await start()

      expect((await send('GET', url)).statusCode).toBe(404)
    },
  )
})

describe('an unknown route', { tags: ['unroutable', 'tunnel_unroutable', 'id_form'] }, () => {
  it.each([
    ['/client/v4/radar?name=example.com', '/radar'],
    ['/radar?name=example.com', '/radar'],
    ['/client/v4/ips', '/ips'],
    ['/client/v4/user/', '/user/'],
    [`/client/v4/accounts/${ACCOUNT}/cfd_tunnels`, `/accounts/${ACCOUNT}/cfd_tunnels`],
    [`/client/v4/accounts/${ACCOUNT}/access/groups`, `/accounts/${ACCOUNT}/access/groups`],
    ['/client/v4/zones/%zz', '/zones/%zz'],
    ['/', '/'],
  ])('%s gets the newer error, for %s', async (url, path) => {
    const send = await start()
    const response = await send('GET', url)

    expect(response.statusCode).toBe(404)
    expect(response.json().errors).toEqual(unroutable(path))
  })

  it.each([
    [`${BASE}/${ID}/nothing`, `${BARE}/${ID}/nothing`],
    [`${BASE}/blog?name=a`, `${BARE}/blog`],
    [`${BASE}/`, `${BARE}/`],
    [`${BASE}/${ID}/`, `${BARE}/${ID}/`],
    [`/client/v4/accounts/${ACCOUNT}/tunnels/blog`, `/accounts/${ACCOUNT}/tunnels/blog`],
    [`/client/v4/accounts/${ACCOUNT}/warp_connector`, `/accounts/${ACCOUNT}/warp_connector`],
    ['/client/v4/accounts//cfd_tunnel', '/accounts//cfd_tunnel'],
    ['/client/v4/accounts/me/cfd_tunnel', '/accounts/me/cfd_tunnel'],
    ['/client/v4/accounts/%zz/cfd_tunnel', '/accounts/%zz/cfd_tunnel'],
    ['/client/v4/accounts/%zz/cfd_tunnel?page=1', '/accounts/%zz/cfd_tunnel'],
    [`/accounts/${ACCOUNT}/cfd_tunnel/%c3`, `/accounts/${ACCOUNT}/cfd_tunnel/%c3`],
    [`${BASE}/${'a'.repeat(200)}?x`, `${BARE}/${'a'.repeat(200)}`],
  ])('%s of the tunnel service gets the older error, for %s', async (url, path) => {
    const send = await start()
    const response = await send('GET', url)

    expect(response.statusCode).toBe(404)
    expect(response.json().errors).toEqual(tunnelUnroutable(path))
  })

  it('gets the error without a credential', async () => {
    const send = await start({ auth: 'strict' })

    expect((await send('GET', '/client/v4/radar', { headers: {} })).statusCode).toBe(404)
  })

  it('gets the error whatever the method and the body', async () => {
    const send = await start()

    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const response = await send(method, '/client/v4/radar', { payload: '{"not json' })
      expect(response.json().errors).toEqual(unroutable('/radar'))
    }
  })
})

describe('another method on a known path', { tags: ['method_not_allowed'] }, () => {
  const PATHS: [string, string[]][] = [
    ['', ['GET', 'HEAD', 'POST']],
    [`/${ID}`, ['GET', 'HEAD', 'PATCH', 'DELETE']],
    [`/${ID}/configurations`, ['GET', 'HEAD', 'PUT']],
    [`/${ID}/connections`, ['GET', 'HEAD', 'DELETE']],
    [`/${ID}/connectors/${ID}`, ['GET', 'HEAD']],
    [`/${ID}/token`, ['GET', 'HEAD']],
    [`/${ID}/management`, ['POST']],
    [`/${ID}/management/logs`, ['POST']],
  ]
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

  const allowed = (allow: unknown): string[] => String(allow).split(', ').toSorted()

  it.each(PATHS)('gets 405 at cfd_tunnel%s, which allows %j', async (path, served) => {
    const send = await start()

    for (const method of METHODS.filter(one => !served.includes(one))) {
      const response = await send(method, `${BASE}${path}`)
      expect(response.statusCode).toBe(405)
      expect(response.json().errors).toEqual([
        { code: 10405, message: 'Method not allowed for this authentication scheme' },
      ])
      expect(allowed(response.headers.allow)).toEqual([...served, 'OPTIONS'].toSorted())
    }
  })

  it.each(PATHS)('OPTIONS at cfd_tunnel%s gets 204 and the methods, without a credential', async (path, served) => {
    const send = await start({ auth: 'strict' })
    const response = await send('OPTIONS', `${BASE}${path}`, { headers: {} })

    expect(response.statusCode).toBe(204)
    expect(response.payload).toBe('')
    expect(allowed(response.headers.allow)).toEqual([...served, 'OPTIONS'].toSorted())
    expect(response.headers).toMatchObject({ 'cf-ray': expect.any(String), ratelimit: expect.any(String) })
  })

  it.each([
    [200, BASE],
    [200, `${BASE}/${ID}`],
    [404, `${BASE}/${UNKNOWN_ID}`],
    [404, '/client/v4/radar'],
    [405, `${BASE}/${ID}/management`],
  ])('HEAD gets %i at %s, with the headers of a GET and no body', async (status, url) => {
    const send = await start()
    const head = await send('HEAD', url)
    const get = await send('GET', url)

    expect(head.statusCode).toBe(status)
    expect(get.statusCode).toBe(status)
    expect(head.payload).toBe('')
    expect(head.headers).toMatchObject(HEADERS)
    expect(head.headers['content-length']).toBe(String(get.rawPayload.length))
  })

  it('HEAD requires the credential of a GET', async () => {
    const send = await start({ auth: 'strict' })

    expect((await send('HEAD', BASE, { headers: { authorization: `Bearer ${'a'.repeat(40)}` } })).statusCode).toBe(403)
  })
})

describe('a path that lacks an id', { tags: ['token_method_not_allowed'] }, () => {
  const payload = { config: { ingress: [{ service: 'http_status:404' }] } }
  const GAPS: [InjectOptions['method'] & string, string][] = [
    ['PUT', `${BASE}//configurations`],
    ['PATCH', `${BASE}/`],
    ['DELETE', `${BASE}//`],
    ['PUT', `/accounts/${ACCOUNT}//cfd_tunnel`],
    ['POST', `${BASE}/${ID}/connections/`],
  ]

  it.each(GAPS)('gets the error about the method for %s %s', async (method, url) => {
    const send = await start()
    const response = await send(method, url, { payload })

    expect(response.statusCode).toBe(405)
    expect(response.json().errors).toEqual([
      { code: 10000, message: `${method} method not allowed for the api_token authentication scheme` },
    ])
  })

  it.each([
    ['GET', `${BASE}/`],
    ['GET', `${BASE}//configurations`],
    ['DELETE', `${BASE}//connections`],
    ['OPTIONS', `${BASE}/`],
    ['PUT', `${BASE}//configurations/nothing`],
  ] as const)('is unroutable for %s %s', async (method, url) => {
    const send = await start()
    const response = await send(method, url)

    expect(response.statusCode).toBe(404)
    expect(response.json().errors[0].code).toBe(7003)
  })

  it('is unroutable with a key, since the error is about tokens', async () => {
    const send = await start()
    const headers = { 'x-auth-email': 'me@example.com', 'x-auth-key': '144c9defac04969c7bfad8efaa8ea194' }
    const response = await send('PUT', `${BASE}//configurations`, { headers, payload })

    expect(response.json().errors[0].code).toBe(7003)
  })
})

describe('the headers of a response', { tags: ['answer_headers', 'gateway_headers'] }, () => {
  it('of an operation name a version and an audit entry', { tags: ['service_headers'] }, async () => {
    const { get } = await startEmulator()
    const { headers } = await get('')

    expect(headers['api-version']).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(headers['cf-auditlog-id']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect((await get('')).headers['cf-auditlog-id']).not.toBe(headers['cf-auditlog-id'])
  })

  it('of the list of zones include those of the gateway', { tags: ['gateway_headers'] }, async () => {
    const { at } = await startEmulator()

    expect((await at('/zones').get('')).headers).toMatchObject({ pragma: 'no-cache', 'x-frame-options': 'SAMEORIGIN' })
    expect((await at('/user').get('')).headers).not.toHaveProperty('pragma')
  })

  const PROXY_HEADERS = { server: 'cloudflare', 'cf-cache-status': 'DYNAMIC' }
  const GATEWAY_HEADERS = {
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'strict-transport-security': 'max-age=31536000',
    'cache-control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
    expires: 'Sun, 25 Jan 1981 05:00:00 GMT',
    pragma: 'no-cache',
  }
  const isOfGateway = ({ headers }: { headers: Record<string, unknown> }): string[] =>
    Object.keys(GATEWAY_HEADERS).filter(name => name in headers)

  it.each([
    ['9106', 'GET', BASE, {}],
    ['6111', 'GET', BASE, { authorization: 'Bearer null' }],
    ['6103', 'GET', BASE, { 'x-auth-email': 'me@example.com', 'x-auth-key': 'asdf' }],
    ['7003 of an unknown path', 'GET', '/client/v4/zones', AUTH],
    ['7003 of a malformed URL', 'GET', '/client/v4/%zz', AUTH],
    ['7003 of a malformed id', 'GET', `${BASE}/blog`, AUTH],
    ['10405', 'PUT', BASE, AUTH],
  ] as const)('include those of the gateway for %s', async (_what, method, url, headers) => {
    const send = await start()
    const response = await send(method, url, { headers })

    expect(response.headers).toMatchObject({ ...HEADERS, ...PROXY_HEADERS, ...GATEWAY_HEADERS })
    expect(response.headers['set-cookie']).toBeUndefined()
  })

  const ANSWERS_OF_SERVICE: typeof REFUSALS = [
    [200, 'GET', BASE, {}],
    [400, 'POST', BASE, { payload: {} }],
    [400, 'DELETE', `${BASE}/${ID}`, {}],
    [404, 'GET', `${BASE}/${UNKNOWN_ID}`, {}],
    [409, 'POST', BASE, { payload: { name: 'blog' } }],
  ]

  it.each(ANSWERS_OF_SERVICE)(
    'lack those of the gateway for a %i to %s %s of the tunnel service',
    async (status, ...request) => {
      const send = await start()
      const response = await send(...request)

      expect(response.statusCode).toBe(status)
      expect(response.headers).toMatchObject({ ...HEADERS, ...PROXY_HEADERS })
      expect(isOfGateway(response)).toEqual([])
      expect(response.headers['set-cookie']).toBeUndefined()
    },
  )

  it('lack those of the gateway for a 403 with 10000, as in the one recording', async () => {
    const send = await start({ seed: [{ accounts: [{ id: 'a'.repeat(32) }] }] })
    const response = await send('GET', BASE)

    expect(response.json().errors[0].code).toBe(10000)
    expect(isOfGateway(response)).toEqual([])
  })
})

describe('headers of a request', { tags: ['body_type', 'content_type'] }, () => {
  it.each([
    undefined,
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=iso-8859-1',
    'APPLICATION/JSON',
    'text/plain',
    'text/html; charset=utf-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
  ])('content-type %s does not prevent that a body is parsed as JSON', async type => {
    const send = await start()
    const response = await send('POST', BASE, {
      headers: { ...AUTH, ...(type !== undefined && { 'content-type': type }) },
      payload: '{"name":"shop"}',
    })

    expect(response.statusCode).toBe(200)
    expect(response.json().result).toMatchObject({ name: 'shop' })
  })

  it.each([
    { accept: 'application/json;version=1' },
    { accept: 'text/html' },
    { accept: '*/*;q=0' },
    { 'api-version': '2024-01-01' },
    { 'user-agent': '' },
    { 'x-forwarded-prefix': '/elsewhere' },
    { 'x-http-method-override': 'DELETE' },
    { 'if-none-match': '*' },
    { 'content-type': 'application/json' },
  ])('%j does not affect a GET', async headers => {
    const send = await start()
    const plain = await send('GET', `${BASE}/${ID}`)
    const response = await send('GET', `${BASE}/${ID}`, { headers: { ...AUTH, ...headers } })

    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('application/json')
    expect(response.json()).toEqual(plain.json())
  })
})

describe('a body', { tags: ['body_too_large', 'body_not_needed'] }, () => {
  it('may be 1 MiB long', async () => {
    const send = await start()
    const payload = '{"name":"shop"}'.padEnd(1024 * 1024)

    expect((await send('POST', BASE, { payload })).statusCode).toBe(200)
  })

  it('is ignored by an operation without a body', async () => {
    const send = await start()
    const headers = { ...AUTH, 'content-type': 'application/json' }

    expect((await send('GET', BASE, { headers, payload: '{"not json' })).statusCode).toBe(200)
    expect((await send('GET', BASE, { headers, payload: '' })).statusCode).toBe(200)
  })
})

describe('a defect', { tags: ['internal'] }, () => {
  const create = (account_tag: string, now: string): TunnelRecord =>
    createTunnel(account_tag, { name: 'blog', tunnel_secret: SECRET }, { id: ID, secret: SECRET, now }, 32)

  const start = (find: () => TunnelWithConnectivity | undefined, checkResponses = true) => {
    const { inject, lines } = startWithBrokenStore(find, checkResponses)
    return { lines, get: () => inject({ url: `${BASE}/${ID}?name=a`, headers: AUTH }) }
  }

  const INTERNAL = {
    success: false,
    errors: [{ code: 10500, message: 'Internal server error' }],
    messages: [],
    result: null,
  }

  it.each([
    ['result.account_tag', create('of-nobody', '2020-01-01T00:00:00.000000Z')],
    ['result.created_at', create(ACCOUNT, 'of-nobody')],
  ])(
    'in a response that does not match its model at %s is a 500, and the log names the place',
    async (place, tunnel) => {
      const { get, lines } = start(() => ({ ...tunnel, ...NEVER_CONNECTED }))
      const response = await get()

      expect(response.statusCode).toBe(500)
      expect(response.json()).toEqual(INTERNAL)
      expect(response.headers).toMatchObject(HEADERS)
      expect(lines).toHaveLength(1)
      expect(JSON.parse(lines.join())).toMatchObject({
        method: 'GET',
        path: `${BARE}/${ID}`,
        msg: expect.stringContaining(`the answer breaks its model at ${place}: `),
      })
      expect(lines.join()).not.toContain(SECRET)
      expect(lines.join()).not.toContain('Bearer')
    },
  )

  it('in a response is sent unchanged if responses are not checked', async () => {
    const { get, lines } = start(() => ({ ...create('of-nobody', 'never'), ...NEVER_CONNECTED }), false)
    const response = await get()

    expect(response.statusCode).toBe(200)
    expect(response.json().result).toMatchObject({ account_tag: 'of-nobody', created_at: 'never' })
    expect(lines).toEqual([])
  })

  it('of any other kind is a 500 without details, and the log has the cause', async () => {
    const { get, lines } = start(() => {
      throw new Error('disk is full', { cause: new Error('of /var/lib') })
    })
    const response = await get()

    expect(response.statusCode).toBe(500)
    expect(response.json()).toEqual(INTERNAL)
    expect(response.headers).toMatchObject(HEADERS)
    expect(response.payload).not.toContain('disk')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines.join())).toMatchObject({
      msg: 'disk is full',
      err: { stack: expect.stringContaining('of /var/lib') },
    })
  })

  it('is not logged for an expected error', async () => {
    const { get, lines } = start(() => undefined)

    expect((await get()).statusCode).toBe(404)
    expect(lines).toEqual([])
  })
})

describe('unusual requests', { tags: ['request_malformed', 'content_type'] }, () => {
  it.each(['nonsense', '/;;;', ''])('a body with the content type "%s" is parsed', async type => {
    const { post } = await startEmulator()
    const headers = { authorization: 'Bearer token', 'content-type': type }

    expect((await post('', '{"name":"shop"}', headers)).status).toBe(200)
  })

  it.each(['PROPFIND', 'TRACE', 'PURGE', 'QUERY'])('%s on a known path is 405', async method => {
    const { send } = await startEmulator()
    const request = { method, url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel` } as InjectOptions

    expect(await send(request)).toMatchObject({ status: 405, errors: [{ code: 10405 }] })
  })

  it.each(['healthz', 'openapi.json', 'docs'])('/client/v4/%s is not a route of the API', async path => {
    const { send } = await startEmulator()

    expect(await send({ url: `/client/v4/${path}` })).toMatchObject({ status: 404, errors: [{ code: 7003 }] })
  })

  it('a malformed account id gets 404, whatever accounts the seed lists', async () => {
    const { get } = await startEmulator({ seed: [{ accounts: [{ id: ACCOUNT }] }] }, 'me')

    expect(await get('')).toMatchObject({ status: 404, errors: [{ code: 7003 }, { code: 7000 }] })
  })

  it.each([
    ['a request line with the whole URL', 'GET http://example.com/client/v4', 'Host: x'],
    ['a request without Host', 'GET /client/v4', 'Accept: */*'],
    ['an unknown expectation', 'GET /client/v4', 'Host: x\r\nExpect: weird'],
  ])('%s is accepted', async (_what, start, headers) => {
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
    socket.end(
      `${start}/accounts/${ACCOUNT}/cfd_tunnel HTTP/1.1\r\n${headers}\r\nAuthorization: Bearer t\r\nConnection: close\r\n\r\n`,
    )
    const response = Buffer.concat(await Array.fromAsync<Buffer>(socket)).toString()

    expect(response).toMatch(/^HTTP\/1.1 200 OK/)
  })

  it('bytes that are not HTTP get the headers of every response', async () => {
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1')
    socket.end('GARBAGE\r\n\r\n')
    const response = Buffer.concat(await Array.fromAsync<Buffer>(socket)).toString()

    expect(response).toMatch(/^HTTP\/1.1 400 Bad Request/)
    expect(response).toMatch(/cf-ray: [0-9a-f]{16}-/)
    expect(response).toMatch(/ratelimit-policy: /)
  })
})
