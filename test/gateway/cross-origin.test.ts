/** Which web pages may use the emulated API, told by the headers that only browsers send. */
import type { InjectOptions } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, startEmulator } from '../support/emulator.ts'

const COLLECTION = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const OWN = { host: 'localhost:8844', authorization: 'Bearer token' }
const OTHER = 'http://evil.example'

async function start(options: EmulatorOptions = {}) {
  const { emulator, send } = await startEmulator(options)
  return {
    emulator,
    control: emulator.control,
    send,
    ask: (headers: Record<string, string>, request: InjectOptions = {}) =>
      emulator.inject({ url: COLLECTION, ...request, headers: { ...OWN, ...headers } }),
  }
}

function refused(page: string) {
  return {
    success: false,
    errors: [{ code: 10403, message: expect.stringContaining(`does not answer pages of ${page}`) }],
    messages: [],
    result: null,
  }
}

const CROSS_ORIGIN_HEADERS = ['access-control-allow-origin', 'access-control-expose-headers']

describe('a request of a web page', { tags: ['page_refused'] }, () => {
  it.each(['open', 'strict', 'off'] as const)(
    'of another site creates no tunnel with auth %s, although a browser sends it without a preflight',
    async auth => {
      const { ask, control } = await start({ auth })
      const headers = { origin: OTHER, 'content-type': 'text/plain' }
      const response = await ask(headers, { method: 'POST', payload: '{"name":"theirs"}' })

      expect(response.statusCode).toBe(403)
      expect(response.json()).toEqual(refused(OTHER))
      expect((await control.getState()).tunnels).toEqual([])
    },
  )

  it.each([OTHER, 'null', 'https://localhost:8844', 'http://localhost:3000', 'http://localhost:8844.evil.example'])(
    'of %s is refused at localhost:8844, without CORS headers',
    async origin => {
      const { ask } = await start()
      const response = await ask({ origin })

      expect(response.statusCode).toBe(403)
      expect(CROSS_ORIGIN_HEADERS.filter(name => name in response.headers)).toEqual([])
    },
  )

  it.each([
    ['cross-site', 'image'],
    ['same-site', 'empty'],
    ['cross-site', 'iframe'],
  ])('without an Origin is refused for site %s and destination %s', async (site, dest) => {
    const { ask } = await start()
    const response = await ask({ 'sec-fetch-site': site, 'sec-fetch-dest': dest })

    expect(response.json()).toEqual(refused('other origins'))
  })

  it.each([
    ['same-origin', 'empty'],
    ['none', 'document'],
    ['cross-site', 'document'],
  ])('without an Origin is answered for site %s and destination %s', async (site, dest) => {
    const { ask } = await start()

    expect((await ask({ 'sec-fetch-site': site, 'sec-fetch-dest': dest })).statusCode).toBe(200)
  })

  it.each<[string, InjectOptions, Record<string, string>?]>([
    ['is a preflight', { method: 'OPTIONS' }, { 'access-control-request-method': 'POST' }],
    ['has an unknown path', { url: '/client/v4/zones' }],
    ['names a world', { url: `/w/main${COLLECTION}` }],
    ['has no base path', { url: COLLECTION.replace('/client/v4', '') }],
  ])('of another site is refused when it %s', async (_what, request, headers = {}) => {
    const { ask } = await start()

    expect((await ask({ origin: OTHER, ...headers }, request)).json()).toEqual(refused(OTHER))
  })

  it('of another site is in the request log, and no fault applies to it', async () => {
    const { ask, control } = await start()
    await control.addFault({ effect: { error: { status: 500, code: 1 } } })

    expect((await ask({ origin: OTHER })).statusCode).toBe(403)
    expect(await control.listRequests()).toMatchObject([
      { operation: 'cloudflare-tunnel-list-cloudflare-tunnels', status: 403 },
    ])
  })

  it('of our own origin creates a tunnel', async () => {
    const { ask } = await start()
    const headers = { origin: 'http://localhost:8844', 'sec-fetch-site': 'same-origin' }
    const response = await ask(headers, { method: 'POST', payload: { name: 'ours' } })

    expect(response.statusCode).toBe(200)
    expect(CROSS_ORIGIN_HEADERS.filter(name => name in response.headers)).toEqual([])
  })

  it('of the public URL is answered behind a proxy', async () => {
    const { ask } = await start({ public_url: 'https://ci.example.com/double' })

    expect((await ask({ origin: 'https://ci.example.com', host: 'mockflared:8844' })).statusCode).toBe(200)
    expect((await ask({ origin: 'http://ci.example.com', host: 'mockflared:8844' })).statusCode).toBe(403)
  })

  it('of the documentation is answered on its port, and the control plane has its own', async () => {
    const { url, baseURL, close } = await createEmulator({ port: 0, control_port: 0 })
    onTestFinished(close)
    const tryOut = (origin: string) =>
      fetch(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel`, { headers: { authorization: 'Bearer t', origin } })

    expect((await fetch(`${url}/docs`)).status).toBe(200)
    expect((await tryOut(url)).status).toBe(200)
    expect((await tryOut(OTHER)).status).toBe(403)
  })
})

describe('a request of no web page', () => {
  it('is answered under any host name', async () => {
    const { ask } = await start()

    expect((await ask({ host: 'api.cloudflare.com' })).statusCode).toBe(200)
  })
})

describe('allow_origin', () => {
  const ALLOWED = 'http://localhost:3000'

  it('lets the pages of an origin read and write, and no others', async () => {
    const { ask } = await start({ allow_origin: ['https://a.example', ALLOWED] })
    const created = await ask({ origin: ALLOWED }, { method: 'POST', payload: { name: 'ours' } })

    expect(created.statusCode).toBe(200)
    expect(created.headers).toMatchObject({
      'access-control-allow-origin': ALLOWED,
      'access-control-expose-headers': '*',
      vary: 'Origin',
    })
    expect((await ask({ origin: OTHER })).statusCode).toBe(403)
    expect((await ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' })).statusCode).toBe(403)
  })

  it('with * lets every page', async () => {
    const { ask } = await start({ allow_origin: '*' })

    for (const headers of [{ origin: OTHER }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
      const response = await ask(headers)
      expect(response.statusCode).toBe(200)
      expect(response.headers).toMatchObject({ 'access-control-allow-origin': '*' })
    }
  })

  it('answers the preflight of a call with a credential', async () => {
    const { ask } = await start({ allow_origin: ALLOWED, auth: 'strict' })
    const response = await ask(
      {
        origin: ALLOWED,
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'authorization,content-type',
      },
      { method: 'OPTIONS' },
    )

    expect([response.statusCode, response.payload]).toEqual([204, ''])
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': ALLOWED,
      'access-control-allow-methods': expect.stringContaining('DELETE'),
      'access-control-allow-headers': 'authorization,content-type',
    })
  })

  it.each([
    ['an error', {}, 400],
    ['an HTML page of a fault', { html: 503 as const }, 503],
  ])('lets a page read %s', async (_what, effect, status) => {
    const { ask, control } = await start({ allow_origin: ALLOWED })
    if ('html' in effect) await control.addFault({ effect })
    const response = await ask({ origin: ALLOWED }, { url: `${COLLECTION}?page=0` })

    expect(response.statusCode).toBe(status)
    expect(response.headers).toMatchObject({ 'access-control-allow-origin': ALLOWED })
  })

  it('adds no header to other answers', async () => {
    const { ask } = await start({ allow_origin: '*' })
    const response = await ask({})

    expect(CROSS_ORIGIN_HEADERS.filter(name => name in response.headers)).toEqual([])
  })

  it('does not open the control plane', async () => {
    const { ask } = await start({ allow_origin: '*' })

    expect((await ask({ origin: ALLOWED }, { url: '/_mockflared/clock' })).statusCode).toBe(403)
  })
})
