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
import { sendFailure } from '../../src/gateway/error-handler.ts'
import { keepJournal } from '../../src/gateway/request-log.ts'
import type { App } from '../../src/gateway/route.ts'
import { answerOthers } from '../../src/gateway/unrouted.ts'
import { acceptAnyBody, parseBody, validatorCompiler } from '../../src/gateway/validation.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { TUNNEL_READ, TUNNEL_WRITE } from '../../src/resources/tunnels/permissions.ts'
import { createClock } from '../../src/world/clock.ts'
import { createEvents } from '../../src/world/events.ts'
import { createJournal } from '../../src/world/journal/journal.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../support/emulator.ts'

const NOW = '2026-01-01T00:00:00.000000Z'
const COLLECTION = `/accounts/${ACCOUNT}/cfd_tunnel`
const ITEM = `${COLLECTION}/${UNKNOWN_ID}`

function stubWorld(journalSize = 100) {
  const ending = new AbortController()
  const events = createEvents()
  return {
    clock: createClock(NOW),
    events,
    catalogue: PRODUCTS.catalogueOf([]),
    journal: createJournal(journalSize, events.settle),
    ended: ending.signal,
    end: () => ending.abort(),
  }
}

/** A small API with the models of the real one, and a place where a test can add what goes wrong. */
function startApi(addHooks: (app: App) => void = () => {}, world = stubWorld()) {
  const app = fastify().withTypeProvider<TypeBoxTypeProvider>()
  onTestFinished(() => app.close())

  app.setValidatorCompiler(validatorCompiler)
  app.decorateRequest('world')
  app.decorateRequest('route')
  app.addHook('onRequest', async request => {
    Object.assign(request, { world, route: request.routeOptions })
  })
  keepJournal(app, () => addHooks(app))
  app.get('/healthz', () => 'ok')
  app.get('/_mockflared/clock', { config: { permission: TUNNEL_READ } }, () => 'now')
  app.register(api)
  return { app, ...world }
}

async function api(app: App): Promise<void> {
  acceptAnyBody(app)
  app.addHook('preValidation', parseBody)
  app.setErrorHandler(sendFailure)

  answerOthers(app, () => {
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

describe('the journal of a server', () => {
  it('holds what was asked and answered', async () => {
    const { app, journal } = startApi()
    await app.inject({
      method: 'POST',
      url: `${COLLECTION}?colour=red`,
      headers: { authorization: `Bearer ${SECRET}`, 'user-agent': 'test', 'x-auth-email': 'me@example.com' },
      payload: { name: 'blog', tunnel_secret: SECRET, config_source: 'local' },
    })
    const [entry] = journal.list()

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
      duration_ms: expect.any(Number),
      unread: ['query.colour', 'body.config_source'],
    })
  })

  it('tells each entry as an event', async () => {
    const { app, events } = startApi()
    await app.inject(COLLECTION)
    await app.inject('/nowhere')
    const told = events.after(0)

    expect(told).toEqual([
      { id: 1, at: NOW, type: 'request', request_id: 1, operation: 'list', http_status: 200 },
      { id: 2, at: NOW, type: 'request', request_id: 2, http_status: 404 },
    ])
    for (const event of told) expect(problemWith(WorldEvent, event)).toBeUndefined()
  })

  it('holds the entry by the time the client has the answer', async () => {
    const { app, journal } = startApi()
    const url = await app.listen({ port: 0, host: '127.0.0.1' })

    for (let count = 1; count <= 20; count += 1) {
      await (await fetch(`${url}${COLLECTION}`)).text()
      expect(journal.list()).toHaveLength(count)
    }
  })

  it('tells requests apart that are nearly the same', async () => {
    const { app, journal } = startApi()
    const asked: { url: string; headers: Record<string, string> }[] = [
      { url: COLLECTION, headers: { 'user-agent': 'one' } },
      { url: COLLECTION, headers: { 'user-agent': 'one' } },
      { url: COLLECTION, headers: { 'user-agent': 'two' } },
      { url: COLLECTION, headers: { accept: 'two' } },
      { url: `${COLLECTION}?name=blog`, headers: { accept: 'two' } },
      { url: '/nowhere', headers: { accept: 'two' } },
    ]
    for (const { url, headers } of asked) await app.inject({ url, headers: { 'user-agent': '', ...headers } })

    expect(
      journal.list().map(({ path, query, headers }) => [path, query, headers['user-agent'], headers.accept]),
    ).toEqual([
      [COLLECTION, {}, 'one', undefined],
      [COLLECTION, {}, 'one', undefined],
      [COLLECTION, {}, 'two', undefined],
      [COLLECTION, {}, '', 'two'],
      [COLLECTION, { name: 'blog' }, '', 'two'],
      ['/nowhere', {}, '', 'two'],
    ])
  })

  it('says how long the answer took', async () => {
    const { app, journal } = startApi(added =>
      added.addHook('preHandler', (_request, _reply, done) => void setTimeout(done, 5)),
    )
    await app.inject(COLLECTION)
    const [{ duration_ms = 0 } = {}] = journal.list()

    expect(duration_ms).toBeGreaterThan(3)
    expect(duration_ms).toBeLessThan(1_000)
  })

  it('names the account and the tunnel of the path, in lower case', async () => {
    const { app, journal } = startApi()
    await app.inject({
      method: 'DELETE',
      url: ITEM.toUpperCase().replace('ACCOUNTS', 'accounts').replace('CFD_TUNNEL', 'cfd_tunnel'),
    })

    expect(journal.list()).toMatchObject([{ account_id: ACCOUNT, tunnel_id: UNKNOWN_ID, status: 200 }])
  })

  it.each([
    { method: 'GET', url: '/nowhere?a=1', status: 404 },
    { method: 'GET', url: '/accounts', status: 404 },
    { method: 'GET', url: '/client/v4/zones', path: '/zones', status: 404 },
    { method: 'OPTIONS', url: COLLECTION, status: 204 },
    { method: 'PATCH', url: `${COLLECTION}?a=1`, status: 405 },
  ] as const)('holds $method $url, which is no operation', async ({ method, url, status, ...others }) => {
    const { app, journal } = startApi()
    await app.inject({ method, url })

    expect(journal.list()).toMatchObject([
      { operation: null, method, path: url.split('?')[0], ...others, status, unread: [] },
    ])
  })

  it.each(['/healthz', '/_mockflared/clock', '/_mockflared/nowhere'])('holds nothing of %s', async url => {
    const { app, journal, events } = startApi()
    await app.inject(url)

    expect(journal.list()).toEqual([])
    expect(events.lastId()).toBe(0)
  })

  it('holds nothing when it is off', async () => {
    const { app, journal, events } = startApi(undefined, stubWorld(0))
    const { statusCode } = await app.inject(COLLECTION)

    expect(statusCode).toBe(200)
    expect(journal.list()).toEqual([])
    expect(events.lastId()).toBe(0)
  })

  it('holds nothing of a world that ended meanwhile', async () => {
    const world = stubWorld()
    const { app, journal, events } = startApi(added => added.addHook('onSend', async () => world.end()), world)
    await app.inject(COLLECTION)

    expect(journal.list()).toEqual([])
    expect(events.lastId()).toBe(0)
  })
})

describe('a body in the journal', () => {
  it.each([
    { payload: '', body: null, status: 400 },
    { payload: '{"name":', body: '[no JSON, 8 characters]', status: 400 },
    { payload: `name=a&tunnel_secret=${SECRET}`, body: '[no JSON, 65 characters]', status: 400 },
    { payload: '{"name":5}', body: { name: 5 }, status: 400 },
    { payload: '{"name":"a","config_src":null}', body: { name: 'a', config_src: null }, status: 200 },
    { payload: `"${'a'.repeat(70_000)}"`, body: '[70002 characters, too long to keep]', status: 400 },
  ])('of $payload is $body', async ({ payload, body, status }) => {
    const { app, journal } = startApi()
    await app.inject({ method: 'POST', url: COLLECTION, payload })

    expect(journal.list()).toMatchObject([{ body, status, unread: [] }])
  })

  it('is null where the caller was refused before it was read', async () => {
    const { app, journal } = startApi(added =>
      added.addHook('onRequest', async (_request, reply) => reply.code(429).send({ success: false })),
    )
    await app.inject({ method: 'POST', url: COLLECTION, payload: { name: 'blog' } })

    expect(journal.list()).toMatchObject([{ operation: 'create', body: null, status: 429, answer: { success: false } }])
  })

  it.each([
    { payload: '{}', body: {}, unread: [] },
    { payload: '{"force":true}', body: { force: true }, unread: ['body'] },
    { payload: 'nonsense', body: '[no JSON, 8 characters]', unread: ['body'] },
  ])('of $payload is $body where the operation takes none', async ({ payload, body, unread }) => {
    const { app, journal } = startApi()
    await app.inject({ method: 'DELETE', url: ITEM, payload })

    expect(journal.list()).toMatchObject([{ operation: 'delete', body, status: 200, unread }])
  })
})

describe('a query in the journal', () => {
  it('is text as it was sent, without defaults', async () => {
    const { app, journal } = startApi()
    await app.inject(`${COLLECTION}?page=2&is_deleted=true&tag=a&tag=b&token=${SECRET}`)

    expect(journal.list()).toMatchObject([
      {
        query: { page: '2', is_deleted: 'true', tag: ['a', 'b'], token: '[redacted]' },
        unread: ['query.tag', 'query.token'],
      },
    ])
    expect(journal.list()[0]?.query).not.toHaveProperty('per_page')
  })
})

describe('what nothing read', () => {
  it('is nothing of a configuration, whose unknown keys are stored', async () => {
    const { app, journal } = startApi()
    const config = { ingress: [{ service: 'http_status:404', colour: 'red' }], own: { deep: 1 } }
    await app.inject({ method: 'PUT', url: `${ITEM}/configurations`, payload: { config, version: 7 } })

    expect(journal.list()).toMatchObject([{ body: { config, version: 7 }, unread: ['body.version'] }])
  })

  it('is every parameter where the operation takes none', async () => {
    const { app, journal } = startApi()
    await app.inject({ method: 'DELETE', url: `${ITEM}?cascade=true` })

    expect(journal.list()).toMatchObject([{ unread: ['query.cascade'] }])
  })
})

describe('an answer in the journal', () => {
  it('has no token in it', async () => {
    const { app, journal } = startApi()
    await app.inject(`${ITEM}/token`)

    expect(journal.list()).toMatchObject([{ operation: 'token', answer: { result: '[redacted]' } }])
  })

  it.each([
    ['truncated', (payload: string) => payload.slice(0, 5), '[no JSON, 5 characters]'],
    ['bytes', (payload: string) => Buffer.from(payload), { result: [1000] }],
    ['a stream', (payload: string) => Readable.from([payload]), '[no text]'],
  ])('is what the last hook left of it: %s', async (_name, garble, answer) => {
    const { app, journal } = startApi(added =>
      added.addHook('onSend', async (_request, _reply, payload) => garble(String(payload))),
    )
    await app.inject(COLLECTION)

    expect(journal.list()).toMatchObject([{ status: 200, answer }])
  })

  it('is null when there was none', async () => {
    const { app, journal } = startApi()
    await app.inject({ method: 'HEAD', url: COLLECTION })

    expect(journal.list()).toMatchObject([{ method: 'HEAD', operation: 'list', status: 200, answer: null }])
  })
})

describe('a connection that ends before the answer', () => {
  it.each<[string, (app: App, cut: (request: FastifyRequest, reply: FastifyReply) => void) => void]>([
    ['before it is read', (added, cut) => added.addHook('onRequest', cut)],
    ['before it is handled', (added, cut) => added.addHook('preHandler', cut)],
    ['after it was handled', (added, cut) => added.addHook('onSend', cut)],
  ])('has no status: cut %s', async (_when, addTo) => {
    const { app, journal, events } = startApi(added =>
      addTo(added, (request, reply) => {
        reply.hijack()
        request.raw.socket.destroy()
      }),
    )
    const url = await app.listen({ port: 0, host: '127.0.0.1' })

    await expect(fetch(`${url}${COLLECTION}`)).rejects.toThrow()
    await vi.waitFor(() => expect(journal.list()).toMatchObject([{ operation: 'list', status: null, answer: null }]))
    expect(events.after(0)).toEqual([{ id: 1, at: NOW, type: 'request', request_id: 1, operation: 'list' }])
  })

  it('is noted when the client gives up', async () => {
    const { app, journal } = startApi(added => added.addHook('preHandler', (_request, reply) => void reply.hijack()))
    const url = await app.listen({ port: 0, host: '127.0.0.1' })

    await expect(fetch(`${url}${COLLECTION}`, { signal: AbortSignal.timeout(20) })).rejects.toThrow()
    await vi.waitFor(() => expect(journal.list()).toMatchObject([{ operation: 'list', status: null }]))
  })

  it('is noted without a socket too', async () => {
    const { app, journal } = startApi(added =>
      added.addHook('preHandler', (_request, reply) => {
        reply.hijack()
        reply.raw.destroy()
      }),
    )

    await expect(app.inject(COLLECTION)).rejects.toThrow()
    expect(journal.list()).toMatchObject([{ operation: 'list', status: null }])
  })
})
