import { once } from 'node:events'
import { METHODS, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { InjectOptions } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

/** Sends a request: by default for the clock, from this machine to localhost. */
async function ask(options: EmulatorOptions = {}, request: InjectOptions = {}) {
  const { emulator } = await startFrozen(options)
  const response = await emulator.inject({ method: 'GET', url: '/_mockflared/clock', ...request })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

function refusal(message: string) {
  return {
    status: 403,
    body: { error: { code: 'forbidden', message: expect.stringContaining(message) } },
  }
}

const NOT_FOUND = { error: { code: 'not_found', message: expect.any(String) } }
const METHOD_NOT_ALLOWED = { error: { code: 'method_not_allowed', message: expect.any(String) } }

const [ELSEWHERE, TOKEN] = ['192.0.2.1', 'sesame']
function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

describe('a request of a web page', () => {
  it.each([
    'http://evil.example',
    'https://localhost',
    'http://localhost:8080',
    'http://localhost.evil.example',
    'null',
  ])('from %s to localhost is refused', async origin => {
    expect(await ask({}, { headers: { origin, host: 'localhost' } })).toMatchObject(refusal(origin))
  })

  it.each(['localhost:8844', '127.0.0.1:8844', '[::1]:8844'])('from %s itself is allowed', async host => {
    expect(await ask({}, { headers: { origin: `http://${host}`, host } })).toMatchObject({ status: 200 })
  })

  it.each<[string, EmulatorOptions]>([
    ['open', { control: 'open' }],
    ['with a token', { control_token: TOKEN }],
  ])('from another site is refused when the control plane is %s', async (_how, options) => {
    const headers = { origin: 'http://evil.example', host: 'localhost', ...bearer(TOKEN) }

    expect(await ask(options, { headers })).toMatchObject(refusal('http://evil.example'))
  })

  it.each([
    'evil.example',
    'evil.example:8844',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '1.2.3.4.5',
    'localhost.',
    'a@localhost',
    'localhost:1:2',
    '[::1].evil.example',
  ])('to the host name %s is refused, even if the name resolves to this machine', async host => {
    expect(await ask({}, { headers: { host } })).toMatchObject(refusal(host))
    expect(await ask({}, { headers: { host, origin: `http://${host}` } })).toMatchObject(refusal(host))
  })

  it.each(['localhost', 'localhost:8844', '127.0.0.1', '127.0.0.1:8844', '192.168.1.7:8844', '[::1]', '[::1]:8844'])(
    'is not suspected when the host is %s',
    async host => {
      expect(await ask({}, { headers: { host } })).toMatchObject({ status: 200 })
    },
  )
})

describe('a request behind a proxy', () => {
  const options: EmulatorOptions = { public_url: 'https://ci.example.com/double', control_token: TOKEN }
  const from = (origin: string, more = {}) => ({
    headers: { origin, host: 'mockflared:8844', ...bearer(TOKEN), ...more },
  })

  it('from a page of the public URL is allowed', async () => {
    expect(await ask(options, from('https://ci.example.com'))).toMatchObject({ status: 200 })
  })

  it.each([
    'http://ci.example.com',
    'https://ci.example.com.evil.example',
    'https://ci.example.com:8443',
    'https://ci.example.com/double',
    'https://me@ci.example.com',
    'https://mockflared:8844',
  ])('from a page of %s is refused', async origin => {
    expect(await ask(options, from(origin))).toMatchObject(refusal(origin))
  })

  it('with headers of a proxy is refused, because anybody can send them', async () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }

    expect(await ask(options, from('https://mockflared:8844', headers))).toMatchObject({ status: 403 })
    expect(await ask(options, from('https://evil.example', headers))).toMatchObject({ status: 403 })
  })

  it('to the name in the public URL is refused without a token', async () => {
    const headers = { host: 'ci.example.com', origin: 'https://ci.example.com' }

    expect(await ask({ public_url: 'https://ci.example.com' }, { headers })).toMatchObject(refusal('ci.example.com'))
  })
})

describe('a request that a browser marks with its site', () => {
  const ofSite = (site: string, dest: string) => ({
    headers: { host: 'localhost', 'sec-fetch-site': site, 'sec-fetch-dest': dest },
  })

  it.each([
    ['cross-site', 'image'],
    ['cross-site', 'script'],
    ['cross-site', 'iframe'],
    ['same-site', 'empty'],
  ])('is refused for site %s and destination %s', async (site, dest) => {
    expect(await ask({}, ofSite(site, dest))).toMatchObject(refusal('other origins'))
  })

  it.each([
    ['same-origin', 'empty'],
    ['none', 'document'],
    ['cross-site', 'document'],
  ])('is allowed for site %s and destination %s', async (site, dest) => {
    expect(await ask({}, ofSite(site, dest))).toMatchObject({ status: 200 })
  })
})

describe('a page of another site', () => {
  const headers = { origin: 'http://evil.example', host: 'localhost:8844', 'content-type': 'text/plain' }

  it.each<[string, InjectOptions]>([
    ['is one that a form can send', { method: 'POST', url: '/_mockflared/reset', payload: '{"to":"empty"}' }],
    ['is a preflight', { method: 'OPTIONS', url: '/_mockflared/reset' }],
    ['has no body', { method: 'HEAD', url: '/_mockflared/state' }],
    ['is a stream', { url: '/_mockflared/events', headers: { accept: 'text/event-stream' } }],
    ['reads the OpenAPI document', { url: '/_mockflared/openapi.json' }],
    ['opens the documentation', { url: '/_mockflared/docs' }],
    ['has an unknown path', { url: '/_mockflared/nonsense' }],
    ['has an escaped path', { url: '/%5fmockflared/clock' }],
    ['names a world', { url: '/w/main/_mockflared/clock' }],
    ['has a whole URL as its path', { url: 'http://localhost:8844/_mockflared/clock' }],
  ])('is refused when its request %s', async (_what, request) => {
    const { emulator } = await startFrozen()
    const response = await emulator.inject({ ...request, headers: { ...headers, ...request.headers } })

    expect([403, 404]).toContain(response.statusCode)
    expect(response.headers['access-control-allow-origin']).toBeUndefined()
    expect(response.body).not.toContain('"now"')
  })
})

describe('a request of another machine', () => {
  it.each(['192.0.2.1', '10.0.0.1', '2001:db8::1', '::ffff:192.0.2.1', '0.0.0.0'])(
    'at %s is refused without a token',
    async remoteAddress => {
      expect(await ask({}, { remoteAddress })).toMatchObject(refusal('--control-token'))
    },
  )

  it.each(['127.0.0.1', '127.0.0.53', '::1', '::ffff:127.0.0.1'])(
    'is not assumed for the loopback address %s',
    async remoteAddress => {
      expect(await ask({}, { remoteAddress })).toMatchObject({ status: 200 })
    },
  )

  it('is refused when a header claims a loopback address', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' }

    expect(await ask({}, { remoteAddress: ELSEWHERE, headers })).toMatchObject({ status: 403 })
  })

  it('is allowed under any host name when the control plane is open', async () => {
    const request = { remoteAddress: ELSEWHERE, headers: { host: 'mockflared.test:8844' } }

    expect(await ask({ control: 'open' }, request)).toMatchObject({ status: 200 })
  })
})

describe('the control token', () => {
  const options = { control_token: TOKEN }

  it.each([
    ['no token', {}],
    ['another token', bearer('open')],
    ['a token of the same length', bearer('sesamo')],
    ['a longer token', bearer('sesame2')],
    ['an empty token', bearer('')],
    ['the token without Bearer', { authorization: TOKEN }],
  ])('is required on this machine too, where %s is refused', async (_what, headers) => {
    const answer = await ask(options, { headers })

    expect(answer).toMatchObject(refusal('--control-token'))
    expect(JSON.stringify(answer)).not.toContain(TOKEN)
  })

  it.each(['127.0.0.1', ELSEWHERE])('allows a request from %s under any host name', async remoteAddress => {
    const headers = { host: 'mockflared.test', ...bearer(TOKEN) }

    expect(await ask(options, { remoteAddress, headers })).toMatchObject({ status: 200 })
  })

  it('is required when the control plane is open', async () => {
    expect(await ask({ ...options, control: 'open' })).toMatchObject({ status: 403 })
  })

  it('is not required by the library or by the emulated API', async () => {
    const { control, api } = await startFrozen(options)

    await expect(control.getClock()).resolves.toBeDefined()
    expect((await api('GET', '')).status).toBe(200)
  })
})

describe('the access check', () => {
  it('stops a refused request before it changes anything', async () => {
    const { emulator, control, create } = await startFrozen()
    await create('blog')
    const headers = { host: 'evil.example' }
    await emulator.inject({ method: 'POST', url: '/_mockflared/reset', headers, payload: { to: 'empty' } })

    expect((await control.getState()).tunnels).toHaveLength(1)
  })

  it('of addresses and names does not apply to the emulated API', async () => {
    const { emulator } = await startFrozen()
    const response = await emulator.inject({
      url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
      remoteAddress: ELSEWHERE,
      headers: { ...bearer('token'), host: 'api.cloudflare.com' },
    })

    expect(response.statusCode).toBe(200)
  })

  it('applies to the control plane of every world', async () => {
    const { emulator, control } = await startFrozen()
    const { id } = await control.createWorld()
    const url = `/w/${id}/_mockflared/clock`

    expect((await emulator.inject({ url })).statusCode).toBe(200)
    expect((await emulator.inject({ url, remoteAddress: ELSEWHERE })).statusCode).toBe(403)
  })
})

describe('control: off', () => {
  it.each(['/_mockflared', '/_mockflared/clock', '/_mockflared/openapi.json'])(
    'makes %s an unknown path of the emulated API',
    async url => {
      const { status, body, headers } = await ask({ control: 'off' }, { url })

      expect(status).toBe(404)
      expect(body).toMatchObject({ success: false, errors: [{ code: 7003 }], result: null })
      expect(headers['cf-ray']).toBeDefined()
    },
  )

  it('leaves the control plane of the library', async () => {
    const { control } = await startFrozen({ control: 'off' })

    await expect(control.moveClock({ advance: '1h' })).resolves.toMatchObject({ now: '2026-01-01T01:00:00.000000Z' })
  })
})

describe('an error of the control plane', () => {
  it.each<[string, InjectOptions, number, string]>([
    ['for an unknown path', { url: '/_mockflared/nonsense' }, 404, 'not_found'],
    ['for an extra slash', { method: 'DELETE', url: '/_mockflared/faults/' }, 404, 'not_found'],
    ['for another method', { method: 'PATCH', url: '/_mockflared/clock' }, 405, 'method_not_allowed'],
    ['for a malformed URL', { url: '/_mockflared/%zz' }, 404, 'not_found'],
    ['for an id that is too long', { url: `/_mockflared/faults/${'a'.repeat(101)}/x` }, 404, 'not_found'],
    ['for a body that is not JSON', { method: 'POST', url: '/_mockflared/clock', payload: '{' }, 400, 'invalid'],
    ['for a body that is a list', { method: 'POST', url: '/_mockflared/clock', payload: [] }, 400, 'invalid'],
    [
      'for a body that breaks its model',
      { method: 'POST', url: '/_mockflared/reset', payload: { to: 5 } },
      400,
      'invalid',
    ],
    ['for a malformed id', { url: `/_mockflared/accounts/${ACCOUNT}/tunnels/blog/connectors` }, 400, 'invalid'],
    [
      'for an unknown tunnel',
      { url: `/_mockflared/accounts/${ACCOUNT}/tunnels/${UNKNOWN_ID}/connectors` },
      404,
      'not_found',
    ],
    ['for a parameter that is not a number', { url: '/_mockflared/requests?limit=many' }, 400, 'invalid'],
    ['for an operation that is refused', { method: 'DELETE', url: '/_mockflared/worlds/main' }, 409, 'refused'],
    [
      'for a body that is too long',
      { method: 'POST', url: '/_mockflared/reset', payload: ' '.repeat(2 ** 21) },
      413,
      'invalid',
    ],
  ])('%s has its own shape and no header of Cloudflare', async (_what, request, status, code) => {
    const answer = await ask({}, request)

    expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } })
    expect(Object.keys(answer.body)).toEqual(['error'])
    expect(Object.keys(answer.body.error)).toEqual(['code', 'message'])
    expect(answer.headers['cf-ray']).toBeUndefined()
  })
})

async function startWithControlPort(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, control_port: 0, ...options })
  onTestFinished(() => emulator.close())
  return emulator
}

/** Unlike fetch, sends any method. */
async function requestAt(url: string, method: string) {
  const sent = request(url, { method }).end()
  const [response] = await once(sent, 'response')
  const body = await text(response)
  return { status: response.statusCode, body: body && JSON.parse(body), headers: response.headers }
}

describe('a request that the control plane has no route for', () => {
  /** Those that Node's server hands on as requests. */
  const OTHERS = METHODS.filter(method => !['CONNECT', 'HEAD'].includes(method))

  it.each(['shared', 'own'])('has an error of the control plane for every method, on a %s port', async port => {
    const { control, controlURL } = await startWithControlPort(port === 'own' ? {} : { control_port: undefined })
    const { id } = await control.createWorld()
    const inWorld = controlURL.replace('/_mockflared', `/w/${id}/_mockflared`)

    for (const method of OTHERS.filter(one => one !== 'QUERY')) {
      expect(await requestAt(`${controlURL}/nonsense`, method)).toMatchObject({ status: 404, body: NOT_FOUND })
      expect(await requestAt(`${inWorld}/nonsense`, method)).toMatchObject({ status: 404, body: NOT_FOUND })
    }
    for (const method of OTHERS.filter(one => one !== 'GET')) {
      expect(await requestAt(controlURL, method)).toMatchObject({ status: 405, body: METHOD_NOT_ALLOWED })
      expect(await requestAt(inWorld, method)).toMatchObject({ status: 405, body: METHOD_NOT_ALLOWED })
    }
    expect(await control.listRequests()).toEqual([])
  })

  it('names the methods of a known path', async () => {
    const { status, body, headers } = await ask({}, { method: 'PATCH', url: '/_mockflared/clock?x=1' })

    expect(status).toBe(405)
    expect(headers.allow).toBe('GET, HEAD, POST')
    expect(body.error.message).toBe('/_mockflared/clock?x=1 has no PATCH, only GET, HEAD, POST')
  })

  it.each([
    ['/_mockflared/nonsense', 404],
    ['/_mockflared/clock', 200],
    ['/_mockflared/reset', 405],
  ])('HEAD %s gets %i without a body', async (url, status) => {
    const { emulator } = await startFrozen()
    const response = await emulator.inject({ method: 'HEAD', url })

    expect([response.statusCode, response.payload]).toEqual([status, ''])
    expect(response.headers['cf-ray']).toBeUndefined()
  })

  it('is refused to other pages before anything else', async () => {
    const headers = { origin: 'http://evil.example', host: 'localhost' }

    expect(await ask({}, { url: '/_mockflared/nonsense', headers })).toMatchObject(refusal('http://evil.example'))
    expect(await ask({}, { method: 'PATCH', headers })).toMatchObject(refusal('http://evil.example'))
  })
})

describe('a control plane on its own port', () => {
  const start = startWithControlPort

  it('names the address of the emulated API for every other path', async () => {
    const { url, controlURL } = await start()
    const other = controlURL.replace('/_mockflared', '/client/v4/accounts')
    const response = await fetch(other, { method: 'POST' })

    expect([response.status, response.headers.get('cf-ray')]).toEqual([404, null])
    expect(await response.json()).toEqual({
      error: { code: 'not_found', message: `only /_mockflared is on this port; the emulated API is at ${url}` },
    })
    expect(await requestAt(new URL('/%zz', controlURL).href, 'GET')).toMatchObject({ status: 404, body: NOT_FOUND })
  })

  it('is named on the port of the emulated API, which logs no such request', async () => {
    const { url, control } = await start()

    for (const path of ['/_mockflared', '/_mockflared/clock', '/_mockflared/%zz', '/w/main/_mockflared/clock']) {
      expect(await requestAt(`${url}${path}`, 'TRACE')).toMatchObject({ status: 404, body: NOT_FOUND })
    }
    expect(await control.listRequests()).toEqual([])
  })

  it('answers there and not on the port of the emulated API', async () => {
    const { url, controlURL } = await start()

    expect(new URL(controlURL).port).not.toBe(new URL(url).port)
    expect((await fetch(`${controlURL}/clock`)).status).toBe(200)
    expect((await fetch(`${url}/_mockflared/clock`)).status).toBe(404)
  })

  it('serves no emulated API, and names the address of that', async () => {
    const { baseURL, controlURL } = await start()

    expect(await (await fetch(`${controlURL}/`)).json()).toMatchObject({ base_url: baseURL })
    expect((await fetch(controlURL.replace('/_mockflared', '/client/v4/accounts'))).status).toBe(404)
  })

  it('serves every world', async () => {
    const { control, controlURL } = await start()
    const { id } = await control.createWorld()

    const there = await fetch(controlURL.replace('/_mockflared', `/w/${id}/_mockflared/`))
    expect(await there.json()).toMatchObject({ world: id })
  })

  it('rejects the start when its port is taken', async () => {
    const { controlURL } = await start()
    const taken = Number(new URL(controlURL).port)

    await expect(start({ control_port: taken })).rejects.toThrow(`port ${taken} of 127.0.0.1 is taken`)
  })
})

describe('consoleURL', () => {
  it.each([
    [{ port: 0 }, /^http:\/\/127\.0\.0\.1:\d+\/_mockflared\/console\/$/],
    [{ port: 0, console: 'watch' as const }, /\/console\/$/],
    [
      { port: 0, public_url: 'https://ci.example.com/double' },
      /^https:\/\/ci.example.com\/double\/_mockflared\/console\/$/,
    ],
    [{ port: 0, console: 'off' as const }, /^$/],
    [{ port: 0, control: 'off' as const }, /^$/],
    [{ listen: false }, /^$/],
  ])('with %j matches %s', async (options, address) => {
    const emulator = await createEmulator(options)
    onTestFinished(() => emulator.close())

    expect(emulator.consoleURL).toMatch(address)
  })

  it('is on the port of the control plane', async () => {
    const { consoleURL, controlURL } = await startWithControlPort({ public_url: 'https://ci.example.com' })

    expect(consoleURL).toBe(`${controlURL}/console/`)
  })
})

describe('controlURL', () => {
  it.each([
    [{ port: 0 }, /^http:\/\/127\.0\.0\.1:\d+\/_mockflared$/],
    [{ port: 0, control: 'off' as const }, /^$/],
    [{ listen: false }, /^$/],
  ])('with %j matches %s', async (options, address) => {
    const emulator = await createEmulator(options)
    onTestFinished(() => emulator.close())

    expect(emulator.controlURL).toMatch(address)
  })
})
