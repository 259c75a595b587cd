/** `createEmulator` with and without a socket. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Cloudflare from 'cloudflare'
import type { LightMyRequestResponse } from 'fastify'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fetchThrough } from '../../src/emulator/fetch.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.ts'
import { ACCOUNT, type ApiResponse, SECRET } from '../support/emulator.ts'

const TUNNELS = `accounts/${ACCOUNT}/cfd_tunnel`
const headers = { authorization: 'Bearer token' }

async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ listen: false, ...options })
  onTestFinished(() => emulator.close())
  const { baseURL, fetch, control } = emulator
  const create = (body: RequestInit['body'], init: RequestInit = {}) =>
    fetch(`${baseURL}/${TUNNELS}`, { method: 'POST', headers, ...(body !== undefined && { body }), ...init })
  const list = `${baseURL}/${TUNNELS}`
  const tunnels = async (): Promise<ApiResponse<unknown[]>['result']> => {
    const response = await fetch(list, { headers })
    return (JSON.parse(await response.text()) as ApiResponse<unknown[]>).result
  }
  return { emulator, baseURL, fetch, control, create, list, tunnels }
}

describe('createEmulator', () => {
  it('returns URLs and environment variables for clients', async () => {
    const { url, baseURL, env, close } = await createEmulator({ port: 0 })
    onTestFinished(close)

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(baseURL).toBe(`${url}/client/v4`)
    expect(env).toEqual({
      CLOUDFLARE_BASE_URL: baseURL,
      CLOUDFLARE_API_BASE_URL: baseURL,
      CLOUDFLARE_API_URL: baseURL,
      TUNNEL_API_URL: baseURL,
      CLOUDFLARE_ACCOUNT_ID: ACCOUNT,
      CLOUDFLARE_API_TOKEN: 'any-token',
    })
  })

  it('puts an account and a token of the seed in the variables with strict authentication', async () => {
    const accounts = [{ id: 'a'.repeat(32) }, { id: 'b'.repeat(32) }]
    const credentials = [
      { service_key: 'service', permissions: ['Cloudflare Tunnel Write' as const] },
      { token: 'known', accounts: ['b'.repeat(32)], permissions: ['Cloudflare Tunnel Write' as const] },
    ]
    const { emulator } = await start({ auth: 'strict', seed: { accounts, credentials } })
    const { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: account } = emulator.env

    expect([token, account]).toEqual(['known', 'b'.repeat(32)])
    const url = `${emulator.baseURL}/accounts/${account}/cfd_tunnel`
    expect((await emulator.fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  })

  it.each<[string, NonNullable<EmulatorOptions['seed']>]>([
    ['the name of a seed', 'every-status'],
    ['a list', ['every-status']],
    ['a state', { tunnels: [{ account_tag: ACCOUNT, name: 'blog' }] }],
  ])('accepts %s as seed', async (_what, seed) => {
    const { tunnels } = await start({ seed })

    expect(await tunnels()).not.toEqual([])
  })

  it('starts several emulators that do not share state', async () => {
    const [one, other] = [await start(), await start()]
    await one.create('{"name": "blog"}')

    expect(await one.tunnels()).toMatchObject([{ name: 'blog' }])
    expect(await other.tunnels()).toEqual([])
  })

  it('keeps an emulator running when another one closes', async () => {
    const [one, other] = [await start(), await start()]
    await other.emulator.close()
    await one.create('{"name": "blog"}')

    expect(await one.tunnels()).toMatchObject([{ name: 'blog' }])
    await expect(other.emulator.inject({ url: '/readyz' })).rejects.toThrow('the emulator is closed')
  })

  it.each<[string, EmulatorOptions, (emulator: Emulator) => Promise<unknown>]>([
    [
      'the control plane',
      { control: 'off' },
      async ({ inject }) => (await inject({ url: '/_mockflared/clock' })).statusCode,
    ],
    [
      'its token',
      { control_token: 'sesame' },
      async ({ inject }) => (await inject({ url: '/_mockflared/clock' })).statusCode,
    ],
    [
      'the public URL',
      { public_url: 'https://ci.example.com' },
      async ({ control }) => (await control.getInfo()).base_url,
    ],
    [
      'faults',
      { inject_faults: false },
      async ({ control }) => control.addFault({ effect: { hang: true } }).catch(error => error.message),
    ],
  ])('applies the option for %s to one emulator only', async (_what, options, send) => {
    const [one, other] = [await start(options), await start()]

    expect(await send(one.emulator)).not.toEqual(await send(other.emulator))
  })

  it('adds no listeners for signals or process events', async () => {
    const listeners = () => process.eventNames().map(name => [name, process.listenerCount(name)])
    const before = listeners()
    await start({ port: 0, listen: true })

    expect(listeners()).toEqual(before)
  })

  it.each<[string, object, RegExp]>([
    ['an unknown option', { seeds: ['demo'] }, /^unknown option seeds; did you mean seed\?$/],
    ['a value out of range', { port: 99_999 }, /^option port: 99999 is not a whole number from 0 to 65535$/],
    ['a wrong type', { rate_limit: 'often' }, /^option rate_limit: "often" is not true or false$/],
    ['an invalid time', { clock: 'tomorrow' }, /^option clock: "tomorrow" is not a time; use/],
    ['a missing seed file', { seed: ['/nowhere.json'] }, /^seed \/nowhere\.json: there is no such file/],
    ['an invalid day', { behaviour: 'soon' }, /^option behaviour: /],
  ])('rejects %s', async (_what, options, message) => {
    await expect(createEmulator(options)).rejects.toThrow(message)
  })

  it('responds while a test fakes timers', async () => {
    const { list, fetch: send } = await start({ listen: true, port: 0 })
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())

    expect((await fetch(list, { headers })).status).toBe(200)
    expect((await send(list, { headers })).status).toBe(200)
  })

  it('treats undefined like an absent option', async () => {
    const { control } = await start(
      JSON.parse('{}', () => ({ clock: undefined, behaviour: undefined, max_worlds: undefined })),
    )

    expect(await control.createWorld({})).toMatchObject({ tunnels: 0 })
  })

  it('rejects if its port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await new Promise(resolve => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo

    await expect(createEmulator({ port })).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`)
  })

  it('close can be called several times', async () => {
    const { close, url, fetch } = await createEmulator({ port: 0 })
    await Promise.all([close(), close()])
    await close()

    await expect(fetch(url)).rejects.toThrow('fetch failed')
    await expect(globalThis.fetch(url)).rejects.toThrow('fetch failed')
  })

  it('closes at the end of an `await using` block', async () => {
    const url = await (async () => {
      await using emulator = await createEmulator({ port: 0 })
      expect((await fetch(`${emulator.url}/readyz`)).status).toBe(200)
      return emulator.url
    })()

    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })
})

describe('fetch without a socket', () => {
  it('serves the official SDK', async () => {
    const { baseURL, fetch } = await start()
    const { tunnels } = new Cloudflare({ apiToken: 'token', baseURL, fetch, maxRetries: 0 }).zeroTrust
    const { id = '' } = await tunnels.cloudflared.create({ account_id: ACCOUNT, name: 'blog' })

    expect(await tunnels.cloudflared.get(id, { account_id: ACCOUNT })).toMatchObject({ name: 'blog' })
    expect(await tunnels.cloudflared.delete(id, { account_id: ACCOUNT })).toMatchObject({ name: 'blog' })
  })

  it.each<[string, (url: string) => [input: string | URL | Request, init?: RequestInit]]>([
    ['a text', url => [url, { headers }]],
    ['a URL', url => [new URL(url), { headers }]],
    ['a Request', url => [new Request(url, { headers })]],
    ['a Request and what differs', url => [new Request(url, { method: 'POST' }), { method: 'GET', headers }]],
    ['Headers', url => [url, { headers: new Headers(headers) }]],
  ])('takes %s', async (_what, argumentsFor) => {
    const { fetch, list } = await start()
    const response = await fetch(...argumentsFor(list))

    expect(response).toMatchObject({ status: 200, statusText: 'OK', ok: true, url: list })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ success: true, result: [] })
  })

  const text = '{"name": "größe"}'

  it.each<[string, () => RequestInit['body']]>([
    ['a text', () => text],
    ['bytes', () => new TextEncoder().encode(text)],
    ['a Blob', () => new Blob([text])],
    ['a stream', () => ReadableStream.from([Buffer.from(text.slice(0, 5)), Buffer.from(text.slice(5))])],
  ])('sends %s as body', async (_what, body) => {
    const { create } = await start()

    expect(await (await create(body())).json()).toMatchObject({ result: { name: 'größe' } })
  })

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('sends %s', async method => {
    const { fetch, list, control } = await start()
    await fetch(list, { method, headers })

    expect(await control.listRequests()).toMatchObject([{ method }])
  })

  it('returns no body for HEAD', async () => {
    const { fetch, list } = await start()
    const response = await fetch(list, { method: 'HEAD', headers })

    expect(response).toMatchObject({ status: 200, body: null })
  })

  it('sends query and headers unchanged, and adds the default headers of Node', async () => {
    const { fetch, list, control } = await start()
    await fetch(`${list}?name=a%20b#part`, { headers: { ...headers, accept: 'application/json;version=1' } })

    const [request] = await control.listRequests()
    expect(request).toMatchObject({
      query: { name: 'a b' },
      headers: { accept: 'application/json;version=1', 'user-agent': 'node' },
    })
  })

  it('returns bytes unchanged', async () => {
    const { emulator, fetch } = await start()
    const page = await fetch(`${emulator.url}/docs/static/swagger-ui-bundle.js`)
    const bytes = Buffer.from(await page.arrayBuffer())
    const injected = await emulator.inject({ url: '/docs/static/swagger-ui-bundle.js' })

    expect(bytes.equals(injected.rawPayload)).toBe(true)
  })

  it('reaches other worlds and the control plane', async () => {
    const { emulator, fetch, create, control } = await start()
    await create('{"name": "blog"}')
    const { id } = await control.createWorld({ from: 'empty' })
    const response = await fetch(`${emulator.url}/w/${id}/client/v4/${TUNNELS}`, { headers })

    expect(await response.json()).toMatchObject({ result: [] })
    expect(await (await fetch(`${emulator.url}/w/${id}/_mockflared/`)).json()).toMatchObject({ world: id })
  })

  it('works with an emulator that also listens', async () => {
    const { fetch, list } = await start({ listen: true, port: 0 })

    expect((await fetch(list, { headers })).status).toBe(200)
  })

  it.each(['https://api.cloudflare.com/client/v4', 'http://localhost/client/v4', 'http://127.0.0.1:1/'])(
    'rejects requests to %s',
    async url => {
      const { fetch } = await start()
      const failure = await fetch(url).catch(error => error)

      expect(failure).toBeInstanceOf(TypeError)
      expect(failure.cause.message).toMatch(/does not go to /)
    },
  )

  it('is necessary to reach an emulator that does not listen', async () => {
    const { list } = await start()

    await expect(globalThis.fetch(list)).rejects.toThrow('fetch failed')
  })

  it('rejects TRACE, like the real fetch', async () => {
    const { fetch, list } = await start()

    await expect(fetch(list, { method: 'TRACE' })).rejects.toBeInstanceOf(TypeError)
  })
})

function abortedSoon(reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), 2)
  return controller.signal
}

describe('fetch without a socket, if a request fails', () => {
  it.each(['before', 'after'] as const)('rejects with a TypeError if the connection is reset %s', async reset => {
    const { control, create, tunnels } = await start()
    await control.addFault({ method: 'POST', effect: { reset } })
    const failure = await create('{"name": "blog"}').catch(error => error)

    expect(failure).toBeInstanceOf(TypeError)
    expect(failure).toMatchObject({ message: 'fetch failed', cause: { code: 'LIGHT_ECONNRESET' } })
    expect(await tunnels()).toHaveLength(reset === 'after' ? 1 : 0)
  })

  it('causes a connection error in the SDK', async () => {
    const { control, baseURL, fetch } = await start()
    await control.addFault({ effect: { reset: 'before' } })
    const { tunnels } = new Cloudflare({ apiToken: 'token', baseURL, fetch, maxRetries: 0 }).zeroTrust
    const failure = tunnels.cloudflared.create({ account_id: ACCOUNT, name: 'blog', tunnel_secret: SECRET })

    await expect(failure).rejects.toBeInstanceOf(Cloudflare.APIConnectionError)
  })

  it('resolves, and the body rejects if it is truncated', async () => {
    const { control, fetch, list } = await start()
    await control.addFault({ effect: { body: 'truncated' } })
    const response = await fetch(list, { headers })

    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow(new TypeError('terminated'))
  })

  it.each<[string, () => AbortSignal]>([
    ['the reason of an abort', () => abortedSoon(new Error('enough'))],
    ['a timeout', () => AbortSignal.timeout(5)],
  ])('rejects with %s while the server hangs, and the server notices it', async (_what, signalOf) => {
    const { control, fetch, list } = await start()
    await control.addFault({ effect: { hang: true } })
    const signal = signalOf()
    const failure = await fetch(list, { headers, signal }).catch(error => error)

    expect(failure).toBe(signal.reason)
    await vi.waitFor(async () => expect(await control.listRequests()).toMatchObject([{ status: null }]))
  })

  it('streams the body, and the server notices when the client stops reading', async () => {
    const { emulator, control } = await start({ listen: true, port: 0 })
    const responses: LightMyRequestResponse[] = []
    const fetch = fetchThrough(async request => {
      const response = await emulator.inject(request)
      responses.push(response)
      return response
    }, emulator.url)
    const events = await fetch(`${emulator.url}/_mockflared/events`, { headers: { accept: 'text/event-stream' } })
    const reader = events.body?.getReader()
    await control.moveClock({ freeze: true })
    const { value } = (await reader?.read()) ?? {}

    expect(Buffer.from(value ?? []).toString()).toMatch(/^id: 1\nevent: clock_/)
    expect(responses[0]?.raw.res.destroyed).toBe(false)
    await reader?.cancel()
    expect(responses[0]?.raw.res.destroyed).toBe(true)
  })

  it('does not send a request that is already aborted', async () => {
    const { control, fetch, list } = await start()
    const reason = new Error('never mind')

    await expect(fetch(list, { headers, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(await control.listRequests()).toEqual([])
  })

  it('ignores an abort after the response', async () => {
    const { fetch, list } = await start()
    const controller = new AbortController()
    const response = await fetch(list, { headers, signal: controller.signal })
    const body = await response.json()
    controller.abort()

    expect(body).toMatchObject({ success: true })
  })

  it('rejects a hanging request when the emulator closes', async () => {
    const { emulator, control, fetch, list } = await start()
    await control.addFault({ effect: { hang: true } })
    const failure = fetch(list, { headers }).catch(error => error)
    setImmediate(emulator.close)

    expect(await failure).toBeInstanceOf(TypeError)
  })
})
