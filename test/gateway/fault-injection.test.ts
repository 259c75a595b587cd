import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { FaultEffect, FaultRule } from '../../schemas/control/fault.ts'
import { Type } from '../../schemas/typebox.ts'
import { ok } from '../../src/gateway/envelope.ts'
import { faultAfterHandler, faultBeforeHandler } from '../../src/gateway/fault-injection.ts'
import { stampHeaders } from '../../src/gateway/headers.ts'
import { type App, responseModels } from '../../src/gateway/route.ts'
import { serializerCompiler } from '../../src/gateway/validation.ts'
import type { EmulatorContext } from '../../src/http/context.ts'
import { TUNNEL_READ } from '../../src/resources/tunnels/permissions.ts'
import { createClock } from '../../src/world/clock.ts'
import { createCounters } from '../../src/world/counters.ts'
import { createFaults } from '../../src/world/faults/faults.ts'
import { createIds } from '../../src/world/ids.ts'
import type { World } from '../../src/world/world.ts'
import { unheard } from '../support/faults.ts'

const NOW = '2026-01-01T00:00:00.000000Z'
const LIST = 'cloudflare-tunnel-list-cloudflare-tunnels'
const ROUTE = '/accounts/:account_id/cfd_tunnel'
const PATH = '/accounts/699d98642c564d2e855e9661899b7252/cfd_tunnel'
const RESPONSE = ok('ü'.repeat(500))
const LENGTH = Buffer.byteLength(JSON.stringify(RESPONSE))

/** A world with only the parts that faults need. */
function stubWorld() {
  const ending = new AbortController()
  const ids = createIds(1, 'test')
  const clock = createClock(NOW)
  const world = {
    clock,
    moment: () => ({ now: clock.now(), tracked_since: NOW, healthy_connections: 4 }),
    ids,
    faults: createFaults({
      knownOperations: [{ operation: LIST, method: 'GET', path: ROUTE, can_lag: true }],
      fraction: ids.fraction,
      announcements: unheard,
      counters: createCounters(),
    }),
    ended: ending.signal,
    end: () => ending.abort(),
  }
  return world as typeof world & World
}

/** A server with one emulated operation, one other route, and a spy for each step of a request. */
async function startServer(...rules: readonly FaultRule[]) {
  const world = stubWorld()
  for (const rule of rules) world.faults.add(rule, NOW)
  const steps = { authenticate: vi.fn(), handle: vi.fn() }

  const app: App = fastify({ forceCloseConnections: 'idle' }).withTypeProvider<TypeBoxTypeProvider>()
  app.setSerializerCompiler(serializerCompiler(true))
  const closing = new AbortController()
  app.addHook('onRequest', async request => {
    const target = { path: request.url, account_id: undefined, tunnel_id: undefined }
    const emulator = { closing: closing.signal } as EmulatorContext
    Object.assign(request, { world, emulator, target, moment: world.moment(), stale_ms: 0 })
  })
  app.addHook('preClose', async () => closing.abort())
  app.addHook('onRequest', faultBeforeHandler)
  app.addHook('onSend', faultAfterHandler)
  app.register(async (scope: App) => {
    scope.addHook('onRequest', async () => steps.authenticate())
    scope.addHook('onSend', stampHeaders)
    scope.get(
      ROUTE,
      {
        config: { permission: TUNNEL_READ, can_lag: true },
        schema: { operationId: LIST, response: responseModels(Type.String()) },
      },
      ({ stale_ms }) => {
        steps.handle(stale_ms)
        return RESPONSE
      },
    )
  })
  app.get('/health', () => ({ status: 'ok' }))
  onTestFinished(() => app.close())

  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, url: `${url}${PATH}`, health: `${url}/health`, world, ...steps }
}

/** The error of Node's HTTP client for a failed call. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  const { cause = error } = error instanceof Error ? error : { cause: undefined }
  return cause instanceof Error && 'code' in cause ? cause.code : cause
}

const RESETS: readonly FaultEffect[] = [{ reset: 'before' }, { reset: 'after' }]

describe('without a fault', () => {
  it('an operation responds as usual and reads current data', async () => {
    const { url, handle } = await startServer()

    expect(await (await fetch(url)).json()).toEqual(RESPONSE)
    expect(handle).toHaveBeenCalledExactlyOnceWith(0)
  })

  it('a route that is not an operation is never affected', async () => {
    const { health, world } = await startServer({ effect: { html: 502 } })

    expect(await (await fetch(health)).json()).toEqual({ status: 'ok' })
    expect(world.faults.list(NOW)).toMatchObject([{ seen: 0 }])
  })
})

describe('an error', () => {
  it.each<[Extract<FaultEffect, { error: unknown }>['error'], string, string | null]>([
    [{ status: 429, code: 971, retry_after: 1 }, 'Please wait and consider throttling your request speed', '1'],
    [{ status: 503, code: 10503 }, 'Fault injected by mockflared', null],
    [{ status: 400, code: 7, message: 'No' }, 'No', null],
  ])(
    '%j is sent in the envelope, with the headers of the API, before authentication',
    async (error, message, retry) => {
      const { url, authenticate } = await startServer({ effect: { error } })
      const response = await fetch(url)

      expect(response.status).toBe(error.status)
      expect(await response.json()).toEqual({
        success: false,
        errors: [{ code: error.code, message }],
        messages: [],
        result: null,
      })
      expect(response.headers.get('retry-after')).toBe(retry)
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(response.headers.get('cf-ray')).toMatch(/^[0-9a-f]{16}-/)
      expect(response.headers.get('ratelimit')).toContain('"default"')
      expect(authenticate).not.toHaveBeenCalled()
    },
  )

  it('ends with its rule, and the connection stays open', async () => {
    const { url } = await startServer({ times: 2, effect: { error: { status: 429, code: 971 } } })
    const statuses = [await fetch(url), await fetch(url), await fetch(url)].map(({ status }) => status)

    expect(statuses).toEqual([429, 429, 200])
  })
})

describe('a page', { tags: ['trouble_page'] }, () => {
  it.each([
    [502 as const, 'Bad Gateway'],
    [503 as const, 'Service Temporarily Unavailable'],
    [504 as const, 'Gateway Time-out'],
  ])('%i %s is HTML with the headers of the proxy, without those of the API', async (status, title) => {
    const { url, authenticate } = await startServer({ effect: { html: status } })
    const response = await fetch(url)

    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('text/html')
    expect(response.headers.get('server')).toBe('cloudflare')
    expect(response.headers.get('cf-ray')).toMatch(/^[0-9a-f]{16}-[A-Z]{3}$/)
    expect(response.headers.has('ratelimit')).toBe(false)
    expect(await response.text()).toContain(`<h1>${status} ${title}</h1>`)
    expect(authenticate).not.toHaveBeenCalled()
  })
})

describe('a reset', () => {
  it.each(RESETS.map((effect, handled) => ({ effect, handled })))(
    '$effect resets the connection after $handled runs of the handler',
    async ({ effect, handled }) => {
      const { url, handle } = await startServer({ effect })

      expect(await failureOf(fetch(url))).toBe('ECONNRESET')
      expect(handle).toHaveBeenCalledTimes(handled)
    },
  )

  it.each(RESETS.map((effect, handled) => ({ effect, handled })))(
    '$effect without a socket rejects after $handled runs of the handler',
    async ({ effect, handled }) => {
      const { app, handle } = await startServer({ effect })

      expect(await failureOf(app.inject(PATH))).toBe('LIGHT_ECONNRESET')
      expect(handle).toHaveBeenCalledTimes(handled)
    },
  )
})

describe('a body', () => {
  it('truncated announces the whole length, sends half and closes', async () => {
    const { url, handle } = await startServer({ effect: { body: 'truncated' } })
    const { response, bytes, failure } = await download(url)

    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({ 'content-length': String(LENGTH), 'cf-ray': expect.any(String) })
    expect(bytes).toBe(Math.floor(LENGTH / 2))
    expect(failure).toBe('ECONNRESET')
    expect(handle).toHaveBeenCalledOnce()
  })

  it('truncated without a socket has half its length', async () => {
    const { app } = await startServer({ effect: { body: 'truncated' } })
    const { headers, rawPayload } = await app.inject(PATH)

    expect(headers['content-length']).toBe(String(LENGTH))
    expect(rawPayload).toHaveLength(Math.floor(LENGTH / 2))
  })

  it('malformed is complete, but not valid JSON', async () => {
    const { url } = await startServer({ effect: { body: 'malformed' } })
    const response = await fetch(url)
    const text = await response.text()

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(text).toHaveLength(JSON.stringify(RESPONSE).length)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  })
})

describe('a latency', () => {
  const latency = (ms: number, jitter_ms = 0): FaultRule => ({ effect: { latency: { ms, jitter_ms } } })

  it('accumulates, and delays every other effect', async () => {
    const { url } = await startServer(latency(10), { effect: { html: 503 } }, latency(10))
    const start = performance.now()

    expect((await fetch(url)).status).toBe(503)
    expect(performance.now() - start).toBeGreaterThan(18)
  })

  it('has a jitter that is repeatable with a random seed', async () => {
    const { app, handle } = await startServer(latency(1_000, 1_000))
    const drawn = 1_000 + 1_000 * createIds(1, 'test').fraction()
    useTimers()
    const response = app.inject(PATH)

    await vi.advanceTimersByTimeAsync(Math.floor(drawn) - 1)
    expect(handle).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2)
    expect((await response).statusCode).toBe(200)
  })

  it('ends with the world, and the handler never runs', async () => {
    const { app, world, handle } = await startServer(latency(1_000))
    useTimers()
    const failure = failureOf(app.inject(PATH))
    await vi.advanceTimersByTimeAsync(999)
    world.end()

    expect(await failure).toBe('LIGHT_ECONNRESET')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(handle).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })

  const useTimers = (): void => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
  }
})

describe('a hang', () => {
  it.each<[string, FaultRule]>([
    ['hang', { effect: { hang: true } }],
    ['latency', { effect: { latency: { ms: 60_000 } } }],
  ])('or a %s ends if the client disconnects, and the handler never runs', async (_name, rule) => {
    const { app, url, handle, authenticate } = await startServer(rule)
    const { left, leave } = leaving(app, url)

    await leave()
    await left
    expect(authenticate).not.toHaveBeenCalled()
    expect(handle).not.toHaveBeenCalled()
    await app.close()
  })

  it('ends with the world', async () => {
    const { app, url, world, handle } = await startServer({ effect: { hang: true } })
    const arrived = once(app.server, 'request')
    const failure = failureOf(fetch(url))
    await arrived
    world.end()

    expect(await failure).toBe('ECONNRESET')
    expect(handle).not.toHaveBeenCalled()
  })

  it('ends with the world, also without a socket', async () => {
    const { app, world } = await startServer({ effect: { hang: true } })
    const failure = failureOf(app.inject(PATH))
    await new Promise(setImmediate)
    world.end()

    expect(await failure).toBe('LIGHT_ECONNRESET')
  })

  it('does not delay the shutdown of the server', async () => {
    const { app, url } = await startServer({ effect: { hang: true } })
    const arrived = once(app.server, 'request')
    const failure = failureOf(fetch(url))
    await arrived

    await app.close()
    expect(await failure).toBe('ECONNRESET')
  })
})

describe('a stale read', { tags: ['stale_reads'] }, () => {
  it('has the longest of several times', async () => {
    const { url, handle } = await startServer({ effect: { stale: { ms: 20 } } }, { effect: { stale: { ms: 10 } } })

    expect((await fetch(url)).status).toBe(200)
    expect(handle).toHaveBeenCalledExactlyOnceWith(20)
  })
})

/** The part of a response that arrives before it ends or breaks. */
async function download(url: string) {
  const [response]: IncomingMessage[] = await once(get(url), 'response')
  if (!response) throw new Error('no response')

  let bytes = 0
  try {
    for await (const chunk of response) bytes += chunk.length
    return { response, bytes, failure: undefined }
  } catch (error) {
    return { response, bytes, failure: error instanceof Error && 'code' in error ? error.code : error }
  }
}

/** A client that disconnects before the response; `left` resolves when the server notices. */
function leaving(app: App, url: string) {
  const controller = new AbortController()
  const arrived = once(app.server, 'request')
  const failure = failureOf(fetch(url, { signal: controller.signal }))
  const left = arrived.then(([{ socket }]) => once(socket, 'close'))
  return {
    left,
    leave: async () => {
      await arrived
      controller.abort()
      await failure
    },
  }
}
