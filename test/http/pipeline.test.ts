/**
 * The hooks of the emulated API apply to every route. These tests use routes without tunnels.
 */
import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { injectInto } from '../../src/emulator/inject.ts'
import { shareApp } from '../../src/emulator/shared-app.ts'
import { ok } from '../../src/gateway/envelope.ts'
import { responseToMalformed } from '../../src/gateway/protocol-errors.ts'
import type { App } from '../../src/gateway/route.ts'
import { USER_SCOPE } from '../../src/gateway/scope.ts'
import { handleUnrouted } from '../../src/gateway/unrouted.ts'
import { createFastify } from '../../src/http/fastify.ts'
import { openListener } from '../../src/http/listener.ts'
import { addApiHooks } from '../../src/http/pipeline.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { contextFor } from '../support/context.ts'
import { open } from '../support/socket.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from '../support/world-settings.ts'

const PERMISSION = { groups: ['DNS'], access: 'read', scope: USER_SCOPE } as const

const RECORDS = {
  operation: 'dns-records',
  method: 'GET',
  path: '/zones/:zone_id/dns_records',
  errors: [],
  can_lag: false,
  models: { response: {} },
}
const headers = { authorization: 'Bearer token' }

/** An API with routes that return their moment and target. */
async function start() {
  const app = createFastify(false)
  app.register(async (scope: App) => {
    addApiHooks(scope, true)
    handleUnrouted(scope, () => {
      for (const method of ['GET', 'POST'] as const) {
        scope.route({
          method,
          url: RECORDS.path,
          config: { permission: PERMISSION },
          schema: { operationId: RECORDS.operation },
          handler: ({ moment }) => ok(moment.now),
        })
      }
      scope.get('/accounts/:account_id/cfd_tunnel/:tunnel_id', ({ target }) => ok(target))
    })
  })
  const worlds = createWorlds(
    memoryStorage(),
    [],
    { ...worldSettings(), catalogue: PRODUCTS.catalogueOf([RECORDS]) },
    WORLD_LIMITS,
    EXTENSIONS,
  )
  const context = contextFor(worlds)
  const handle = (await shareApp(app)).listenerFor(context)
  onTestFinished(() => worlds.close())
  return { world: worlds.main(), inject: injectInto(handle, context.closing), context, handle }
}

describe('a route outside of accounts', () => {
  it.each(['/client/v4/zones/1/dns_records', '/zones/1/dns_records', '/w/main/client/v4/zones/1/dns_records?page=1'])(
    'is served at %s',
    async url => {
      const { inject } = await start()

      expect((await inject({ url, headers })).statusCode).toBe(200)
    },
  )

  it('is not served under two base paths', async () => {
    const { inject } = await start()
    const response = await inject({ url: '/client/v4/client/v4/zones/1/dns_records', headers })

    expect(response.statusCode).toBe(404)
    expect(response.json().errors[0].message).toContain('/client/v4/zones/1/dns_records')
  })
})

describe('the target of a request', () => {
  it('has the ids of its path in lower case', async () => {
    const { inject } = await start()
    const response = await inject({ url: '/client/v4/accounts/AB/cfd_tunnel/CD?x=Y', headers })

    expect(response.json().result).toEqual({ path: '/accounts/AB/cfd_tunnel/CD', account_id: 'ab', tunnel_id: 'cd' })
  })
})

describe('the moment of a request', () => {
  it('is the same for its handler and the request log', async () => {
    const { world, inject } = await start()
    const { result } = (await inject({ url: '/zones/1/dns_records', headers })).json()

    expect(world.requestLog.list()).toMatchObject([{ at: result }])
  })

  it('is set after the delay of a fault, while the request log has the arrival time', async () => {
    const { world, inject } = await start()
    world.faults.add({ effect: { latency: { ms: 20 } } }, world.now())
    const pending = inject({ url: '/zones/1/dns_records', headers })
    await vi.waitFor(() => expect(world.faults.list(world.now())).toMatchObject([{ hits: 1 }]), { interval: 1 })
    const meanwhile = world.now()
    const { result } = (await pending).json()

    expect(result > meanwhile).toBe(true)
    expect(world.requestLog.list().every(({ at }) => at < meanwhile)).toBe(true)
  })

  it('is set when the whole body has arrived', async () => {
    const { world, handle } = await start()
    const listener = await openListener(error => responseToMalformed(error, world), handle, {
      host: '127.0.0.1',
      port: 0,
    })
    onTestFinished(listener.close)
    const socket = await open(Number(new URL(listener.url).port))
    socket.write(
      `POST /zones/1/dns_records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: 2\r\n\r\n{`,
    )
    await new Promise(resolve => setTimeout(resolve, 20))
    const meanwhile = world.now()
    socket.write('}')
    const [response] = await once(socket, 'data')
    const { result } = JSON.parse(String(response).split('\r\n\r\n')[1] ?? '')

    expect(result > meanwhile).toBe(true)
  })
})
