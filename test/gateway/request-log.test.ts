import { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import { ConfigurationUpdate } from '../../schemas/configuration.ts'
import { WorldEvent } from '../../schemas/control/event.ts'
import { JournalEntry } from '../../schemas/control/journal.ts'
import { TunnelPath } from '../../schemas/identifiers.ts'
import { TunnelCreate, TunnelListQuery } from '../../schemas/tunnel.ts'
import { addressOf } from '../../src/config/paths.ts'
import { sendFailure } from '../../src/gateway/error-handler.ts'
import { captureRequest, captureResponse } from '../../src/gateway/request-log.ts'
import type { App } from '../../src/gateway/route.ts'
import { handleUnrouted } from '../../src/gateway/unrouted.ts'
import { acceptAnyBody, hideContentType, keepBytes, validatorCompiler } from '../../src/gateway/validation.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { TUNNEL_READ, TUNNEL_WRITE } from '../../src/resources/tunnels/permissions.ts'
import { createClock } from '../../src/world/clock.ts'
import { createEvents } from '../../src/world/events.ts'
import { createEvidenceReport } from '../../src/world/evidence-report.ts'
import { createRequestLog } from '../../src/world/request-log.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../support/emulator.ts'

const NOW = '2026-01-01T00:00:00.000000Z'
const COLLECTION = `/accounts/${ACCOUNT}/cfd_tunnel`
const ITEM = `${COLLECTION}/${UNKNOWN_ID}`

function stubWorld(journalSize = 100, clock = createClock(NOW)) {
  const ending = new AbortController()
  const events = createEvents()
  return {
    clock,
    events,
    catalogue: PRODUCTS.catalogueOf([]),
    requestLog: createRequestLog(journalSize),
    report: createEvidenceReport(),
    ended: ending.signal,
    end: () => ending.abort(),
  }
}

/**
 * A small API with the models of the real one, to which a test can add hooks.
 */
function startApi(addHooks: (app: App) => void = () => {}, world = stubWorld()) {
  const app = fastify().withTypeProvider<TypeBoxTypeProvider>()
  onTestFinished(() => app.close())

  app.setValidatorCompiler(validatorCompiler)
  app.addHook('onRequest', async request => {
    const { account_id, tunnel_id } = Object(request.params)
    const { path } = addressOf(request.originalUrl)
    const target = { path, account_id: account_id?.toLowerCase(), tunnel_id: tunnel_id?.toLowerCase() }
    Object.assign(request, { world, target, moment: { now: world.clock.now() } })
  })
  app.get('/healthz', () => 'ok')
  app.get('/_mockflared/clock', { config: { permission: TUNNEL_READ } }, () => 'now')
  app.register(async (scope: App) => api(scope, addHooks))
  return { app, ...world }
}

function api(app: App, addHooks: (app: App) => void): void {
  acceptAnyBody(app)
  app.addHook('onRequest', captureRequest)
  addHooks(app)
  app.addHook('onRequest', hideContentType)
  app.addHook('onSend', captureResponse)
  app.addHook('preValidation', keepBytes)
  app.setErrorHandler(sendFailure)

  handleUnrouted(app, () => {
    app.get(
      '/accounts/:account_id/cfd_tunnel',
      { config: { permission: TUNNEL_READ }, schema: { operationId: 'list', querystring: TunnelListQuery } },
      ({ query }) => ({ result: [query.per_page] }),
    )
    app.post(
      '/accounts/:account_id/cfd_tunnel',
      { config: { permission: TUNNEL_WRITE }, schema: { operationId: 'create', body: TunnelCreate } },
      ({ body }) => ({ result: { name: body.name, credentials_file: { TunnelSecret: SECRET }, token: SECRET } }),
    )
    app.delete(
      '/accounts/:account_id/cfd_tunnel/:tunnel_id',
      { config: { permission: TUNNEL_WRITE }, schema: { operationId: 'delete', params: TunnelPath } },
      () => ({ result: null }),
    )
    app.put(
      '/accounts/:account_id/cfd_tunnel/:tunnel_id/configurations',
      { config: { permission: TUNNEL_WRITE }, schema: { operationId: 'put', body: ConfigurationUpdate } },
      ({ body }) => ({ result: body }),
    )
    app.get(
      '/accounts/:account_id/cfd_tunnel/:tunnel_id/token',
      { config: { permission: TUNNEL_WRITE }, schema: { operationId: 'token' } },
      () => ({ result: SECRET }),
    )
  })
}

describe('the request log of a server', () => {
  it('contains a request and its response', async () => {
    const { app, requestLog } = startApi()
    await app.inject({
      method: 'POST',
      url: `${COLLECTION}?colour=red`,
      headers: { authorization: `Bearer ${SECRET}`, 'user-agent': 'test', 'x-auth-email': 'me@example.com' },
      payload: { name: 'blog', tunnel_secret: SECRET, config_source: 'local' },
    })
    const [entry] = requestLog.list()

    expect(problemWith(JournalEntry, entry)).toBeUndefined()
    expect(entry).toEqual({
      id: 1,
      at: NOW,
      operation: 'create',
      method: 'POST',
      path: COLLECTION,
      account_id: ACCOUNT,
      tunnel_id: null,
      query: { colour: 'red' },
      headers: {
        'content-type': 'application/json',
        'user-agent': 'test',
        'x-auth-email': 'me@example.com',
        authorization: '[redacted]',
      },
      body: { name: 'blog', tunnel_secret: '[redacted]', config_source: 'local' },
      status: 200,
      answer: { result: { name: 'blog', credentials_file: { TunnelSecret: '[redacted]' }, token: '[redacted]' } },
      duration_ms: null,
      unread: ['query.colour', 'body.config_source'],
      answer_headers: { 'content-type': 'application/json; charset=utf-8' },
    })
  })

  it('emits each entry as an event', async () => {
    const { app, events } = startApi()
    await app.inject(COLLECTION)
    await app.inject('/nowhere')
    const recorded = events.after(0)

    expect(recorded).toEqual([
      { id: 1, at: NOW, type: 'request', request_id: 1, operation: 'list', http_status: 200 },
      { id: 2, at: NOW, type: 'request', request_id: 2, http_status: 404 },
    ])
    for (const event of recorded) expect(problemWith(WorldEvent, event)).toBeUndefined()
  })

  it('contains the entry when the client has received the response', async () => {
    const { app, requestLog } = startApi()
    const url = await app.listen({ port: 0, host: '127.0.0.1' })

    for (let count = 1; count <= 20; count += 1) {
      await (await fetch(`${url}${COLLECTION}`)).text()
      expect(requestLog.list()).toHaveLength(count)
    }
  })

  it('distinguishes similar requests', async () => {
    const { app, requestLog } = startApi()
    const similar: { url: string; headers: Record<string, string> }[] = [
      { url: COLLECTION, headers: { 'user-agent': 'one' } },
      { url: COLLECTION, headers: { 'user-agent': 'one' } },
      { url: COLLECTION, headers: { 'user-agent': 'two' } },
      { url: COLLECTION, headers: { accept: 'two' } },
      { url: `${COLLECTION}?name=blog`, headers: { accept: 'two' } },
      { url: '/nowhere', headers: { accept: 'two' } },
    ]
    for (const { url, headers } of similar) await app.inject({ url, headers: { 'user-agent': '', ...headers } })

    expect(
      requestLog.list().map(({ path, query, headers }) => [path, query, headers['user-agent'], headers.accept]),
    ).toEqual([
      [COLLECTION, {}, 'one', undefined],
      [COLLECTION, {}, 'one', undefined],
      [COLLECTION, {}, 'two', undefined],
      [COLLECTION, {}, '', 'two'],
      [COLLECTION, { name: 'blog' }, '', 'two'],
      ['/nowhere', {}, '', 'two'],
    ])
  })

  it('contains real time and the duration of the response while the clock runs', async () => {
    const before = Date.now()
    const { app, requestLog } = startApi(
      added => added.addHook('preHandler', (_request, _reply, done) => void setTimeout(done, 5)),
      stubWorld(100, createClock()),
    )
    await app.inject(COLLECTION)
    const [entry] = requestLog.list()
    const duration_ms = entry?.duration_ms ?? 0
    const realTime = Date.parse(entry?.real_at ?? '')

    expect(realTime).toBeGreaterThanOrEqual(before)
    expect(realTime).toBeLessThanOrEqual(Date.now())
    expect(duration_ms).toBeGreaterThan(3)
    expect(duration_ms).toBeLessThan(1_000)
  })

  it('contains the account and the tunnel of the path, in lower case', async () => {
    const { app, requestLog } = startApi()
    await app.inject({
      method: 'DELETE',
      url: ITEM.toUpperCase().replace('ACCOUNTS', 'accounts').replace('CFD_TUNNEL', 'cfd_tunnel'),
    })

    expect(requestLog.list()).toMatchObject([{ account_id: ACCOUNT, tunnel_id: UNKNOWN_ID, status: 200 }])
  })

  it.each([
    { method: 'GET', url: '/nowhere?a=1', status: 404 },
    { method: 'GET', url: '/accounts', status: 404 },
    { method: 'GET', url: '/client/v4/zones', path: '/zones', status: 404 },
    { method: 'OPTIONS', url: COLLECTION, status: 204 },
    { method: 'PATCH', url: `${COLLECTION}?a=1`, status: 405 },
  ] as const)('holds $method $url, which is not an operation', async ({ method, url, status, ...others }) => {
    const { app, requestLog } = startApi()
    await app.inject({ method, url })

    expect(requestLog.list()).toMatchObject([
      { operation: null, method, path: url.split('?')[0], ...others, status, unread: [] },
    ])
  })

  it.each(['/healthz', '/_mockflared/clock'])('omits %s', async url => {
    const { app, requestLog, events } = startApi()
    await app.inject(url)

    expect(requestLog.list()).toEqual([])
    expect(events.lastId()).toBe(0)
  })

  it('is empty if it is off', async () => {
    const { app, requestLog, events } = startApi(undefined, stubWorld(0))
    const { statusCode } = await app.inject(COLLECTION)

    expect(statusCode).toBe(200)
    expect(requestLog.list()).toEqual([])
    expect(events.lastId()).toBe(0)
  })

  it('omits requests to a world that has ended', async () => {
    const world = stubWorld()
    const { app, requestLog, events } = startApi(added => added.addHook('onSend', async () => world.end()), world)
    await app.inject(COLLECTION)

    expect(requestLog.list()).toEqual([])
    expect(events.lastId()).toBe(0)
  })
})

describe('a body in the request log', () => {
  it.each([
    { payload: '', body: null, status: 400 },
    { payload: '{"name":', body: '[no JSON, 8 characters]', status: 400 },
    { payload: `name=a&tunnel_secret=${SECRET}`, body: '[no JSON, 65 characters]', status: 400 },
    { payload: '{"name":5}', body: { name: 5 }, status: 400 },
    { payload: '{"name":"a","config_src":null}', body: { name: 'a', config_src: null }, status: 200 },
    { payload: `"${'a'.repeat(70_000)}"`, body: '[70002 characters, too long to keep]', status: 400 },
  ])('of $payload is $body', async ({ payload, body, status }) => {
    const { app, requestLog } = startApi()
    await app.inject({ method: 'POST', url: COLLECTION, payload })

    expect(requestLog.list()).toMatchObject([{ body, status, unread: [] }])
  })

  it('is null if the request was rejected before the body was read', async () => {
    const { app, requestLog } = startApi(added =>
      added.addHook('onRequest', async (_request, reply) => reply.code(429).send({ success: false })),
    )
    await app.inject({ method: 'POST', url: COLLECTION, payload: { name: 'blog' } })

    expect(requestLog.list()).toMatchObject([
      { operation: 'create', body: null, status: 429, answer: { success: false } },
    ])
  })

  it.each([
    { payload: '{}', body: {}, unread: [] },
    { payload: '{"force":true}', body: { force: true }, unread: ['body'] },
    { payload: 'nonsense', body: '[no JSON, 8 characters]', unread: ['body'] },
  ])('of $payload is $body for an operation without a body', async ({ payload, body, unread }) => {
    const { app, requestLog } = startApi()
    await app.inject({ method: 'DELETE', url: ITEM, payload })

    expect(requestLog.list()).toMatchObject([{ operation: 'delete', body, status: 200, unread }])
  })
})

describe('a query in the request log', () => {
  it('is text as sent, without defaults', async () => {
    const { app, requestLog } = startApi()
    await app.inject(`${COLLECTION}?page=2&is_deleted=true&tag=a&tag=b&token=${SECRET}`)

    expect(requestLog.list()).toMatchObject([
      {
        query: { page: '2', is_deleted: 'true', tag: ['a', 'b'], token: '[redacted]' },
        unread: ['query.tag', 'query.token'],
      },
    ])
    expect(requestLog.list()[0]?.query).not.toHaveProperty('per_page')
  })
})

describe('undeclared keys in the request log', () => {
  it('omit those of a configuration, since they are stored', async () => {
    const { app, requestLog } = startApi()
    const config = { ingress: [{ service: 'http_status:404', colour: 'red' }], own: { deep: 1 } }
    await app.inject({ method: 'PUT', url: `${ITEM}/configurations`, payload: { config, version: 7 } })

    expect(requestLog.list()).toMatchObject([{ body: { config, version: 7 }, unread: ['body.version'] }])
  })

  it('include all parameters of an operation without parameters', async () => {
    const { app, requestLog } = startApi()
    await app.inject({ method: 'DELETE', url: `${ITEM}?cascade=true` })

    expect(requestLog.list()).toMatchObject([{ unread: ['query.cascade'] }])
  })
})

describe('a response in the request log', () => {
  it('contains no token', async () => {
    const { app, requestLog } = startApi()
    await app.inject(`${ITEM}/token`)

    expect(requestLog.list()).toMatchObject([{ operation: 'token', answer: { result: '[redacted]' } }])
  })

  it.each([
    ['truncated', (payload: string) => payload.slice(0, 5), '[no JSON, 5 characters]'],
    ['bytes', (payload: string) => Buffer.from(payload), { result: [1000] }],
    ['a stream', (payload: string) => Readable.from([payload]), '[no text]'],
  ])('is the one that the last hook returned: %s', async (_name, garble, answer) => {
    const { app, requestLog } = startApi(added =>
      added.addHook('onSend', async (_request, _reply, payload) => garble(String(payload))),
    )
    await app.inject(COLLECTION)

    expect(requestLog.list()).toMatchObject([{ status: 200, answer }])
  })

  it('is null if there was none', async () => {
    const { app, requestLog } = startApi()
    await app.inject({ method: 'HEAD', url: COLLECTION })

    expect(requestLog.list()).toMatchObject([{ method: 'HEAD', operation: 'list', status: 200, answer: null }])
  })
})

describe('a request whose connection closes before the response', () => {
  it.each<[string, (app: App, cut: (request: FastifyRequest, reply: FastifyReply) => void) => void]>([
    ['before it is read', (added, cut) => added.addHook('onRequest', cut)],
    ['before it is handled', (added, cut) => added.addHook('preHandler', cut)],
    ['after it was handled', (added, cut) => added.addHook('onSend', cut)],
  ])('has no status: closed %s', async (_when, addTo) => {
    const { app, requestLog, events } = startApi(added =>
      addTo(added, (request, reply) => {
        reply.hijack()
        request.raw.socket.destroy()
      }),
    )
    const url = await app.listen({ port: 0, host: '127.0.0.1' })

    await expect(fetch(`${url}${COLLECTION}`)).rejects.toThrow()
    await vi.waitFor(() => expect(requestLog.list()).toMatchObject([{ operation: 'list', status: null, answer: null }]))
    expect(events.after(0)).toEqual([{ id: 1, at: NOW, type: 'request', request_id: 1, operation: 'list' }])
  })

  it('is logged if the client disconnects', async () => {
    const { app, requestLog } = startApi(added => added.addHook('preHandler', (_request, reply) => void reply.hijack()))
    const url = await app.listen({ port: 0, host: '127.0.0.1' })

    await expect(fetch(`${url}${COLLECTION}`, { signal: AbortSignal.timeout(20) })).rejects.toThrow()
    await vi.waitFor(() => expect(requestLog.list()).toMatchObject([{ operation: 'list', status: null }]))
  })

  it('is logged, also without a socket', async () => {
    const { app, requestLog } = startApi(added =>
      added.addHook('preHandler', (_request, reply) => {
        reply.hijack()
        reply.raw.destroy()
      }),
    )

    await expect(app.inject(COLLECTION)).rejects.toThrow()
    expect(requestLog.list()).toMatchObject([{ operation: 'list', status: null }])
  })
})
