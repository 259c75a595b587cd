/** Cloudflare's SDK for TypeScript, every major version since 3. */
import { describe, expect, it, vi } from 'vitest'
import type { FaultRule } from '../../schemas/control/fault.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { VERSIONS } from './sdk-versions.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const LIVE = '00000000-0000-4000-9000-000000000001'
const LOST = '00000000-0000-4000-9000-000000000002'

function seedWithNames(...names: readonly string[]): EmulatorOptions {
  return { seed: seedOf(...names.map(name => ({ name }))) }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(items)
}

/** The request log has an entry only a moment after the client has the response. */
function expectRequests(emulator: Emulator, expected: readonly object[]) {
  return vi.waitFor(async () => expect(await emulator.control.listRequests()).toMatchObject(expected), 10_000)
}

function fault(effect: FaultRule['effect'], times = 1) {
  return { times, effect }
}

describe.concurrent.each(VERSIONS)('cloudflare $major', ({ connect, operations, typed_without_body }) => {
  const start = async (options: EmulatorOptions = {}, maxRetries = 0) => {
    const emulator = await createEmulator({ port: 0, ...options })
    return { emulator, sdk: await connect({ baseURL: emulator.baseURL, maxRetries }) }
  }
  const [CREATE = '', GET = '', DELETE = '', CLEAN_UP = '', LIST = ''] = operations

  it('calls all twelve operations, and the emulator reads everything that it sends', async () => {
    const connectors = [{ id: LIVE }, { id: LOST, run_at: '-1h', connections: [{ lost_at: '-30s' }] }]
    const running = { id: TUNNEL, name: 'running', created_at: '-1d', connectors }
    const { emulator, sdk } = await start({ seed: seedOf(running) })
    await using _ = emulator

    const { id = '' } = await sdk.create('blog')
    expect(await sdk.get(id)).toMatchObject({ id, name: 'blog', deleted_at: null })
    expect(await collect(sdk.list({ name: 'blog' }))).toMatchObject([{ id, status: 'inactive' }])

    const config = { ingress: [{ hostname: '', service: 'http_status:404' }] }
    // The oldest SDKs create local tunnels, whose first version is 0.
    const { version } = (await sdk.configure(id, { config })) as { version: number }
    expect([0, 1]).toContain(version)
    expect(await sdk.configuration(id)).toMatchObject({ version, tunnel_id: id, source: 'cloudflare', config })

    const token = await sdk.token(id)
    expect(JSON.parse(Buffer.from(token, 'base64').toString())).toMatchObject({ t: id })
    expect(await sdk.edit(id, { name: 'blog-eu' })).toMatchObject({ name: 'blog-eu' })
    expect(await sdk.managementToken(id)).toMatch(/^eyJ/)

    expect(await sdk.connections(TUNNEL)).toHaveLength(2)
    expect(await sdk.connector(TUNNEL, LOST)).toMatchObject({ id: LOST, conns: [{ is_pending_reconnect: true }] })
    expect(await sdk.dropConnections(TUNNEL, LOST)).toBeNull()
    expect(await sdk.connections(TUNNEL)).toMatchObject([{ id: LIVE }])

    expect(await sdk.delete(id)).toMatchObject({ id, deleted_at: expect.any(String) })
    expect(await sdk.get(id)).toMatchObject({ id, deleted_at: expect.any(String) })

    const entries = await emulator.control.listRequests()
    expect(new Set(entries.map(({ operation }) => operation))).toEqual(
      new Set([
        ...[CREATE, GET, DELETE, CLEAN_UP, LIST],
        'cloudflare-tunnel-update-a-cloudflare-tunnel',
        'cloudflare-tunnel-configuration-put-configuration',
        'cloudflare-tunnel-configuration-get-configuration',
        'cloudflare-tunnel-list-cloudflare-tunnel-connections',
        'cloudflare-tunnel-get-cloudflare-tunnel-connector',
        'cloudflare-tunnel-get-a-cloudflare-tunnel-token',
        'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token',
      ]),
    )
    expect(entries.flatMap(({ unread }) => unread)).toEqual([])
  })

  it('requests pages until one is empty, regardless of result_info', async () => {
    const { emulator, sdk } = await start(seedWithNames('a', 'b', 'c', 'd'))
    await using _ = emulator
    const found = await collect(sdk.list({ per_page: 2 }))

    expect(found.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c', 'd'])
    await expectRequests(emulator, [{ query: { per_page: '2' } }, { query: { page: '2' } }, { query: { page: '3' } }])
  })

  it(`sends a JSON content type without a body with these methods: ${typed_without_body.join(', ') || 'none'}`, async () => {
    const { emulator, sdk } = await start()
    await using _ = emulator
    const { id = '' } = await sdk.create('blog')
    await sdk.get(id)
    await sdk.delete(id)

    const withContentType = (await emulator.control.listRequests()).filter(({ headers }) => 'content-type' in headers)
    expect(withContentType.map(({ method, body }) => body === null && method)).toEqual([false, ...typed_without_body])
  })

  it('lists tunnels of several types', async () => {
    const { emulator, sdk } = await start(seedWithNames('blog'))
    await using _ = emulator

    expect(await collect(sdk.listAll(['cfd_tunnel', 'warp_connector']))).toMatchObject([{ name: 'blog' }])
    expect(await collect(sdk.listAll(['warp_connector', 'gre']))).toEqual([])
  })

  it('filters with existed_at encoded twice, as its own suite does', async () => {
    const { emulator, sdk } = await start({ seed: seedOf({ name: 'blog', created_at: '2019-01-01T00:00:00Z' }) })
    await using _ = emulator

    expect(await collect(sdk.list({ existed_at: '2019-10-12T07%3A20%3A50.52Z' }))).toMatchObject([{ name: 'blog' }])
    expect(await collect(sdk.list({ existed_at: '2018-10-12T07%3A20%3A50.52Z' }))).toEqual([])
  })

  it.each([408, 409, 429, 500, 503])('retries after status %i', async status => {
    const { emulator, sdk } = await start({}, 2)
    await using _ = emulator
    await emulator.control.addFault(fault({ error: { status, code: 1000 } }))

    expect(await sdk.create('blog')).toMatchObject({ name: 'blog' })
    await expectRequests(emulator, [
      { operation: CREATE, status },
      { operation: CREATE, status: 200 },
    ])
  })

  it('retries after a broken connection', async () => {
    const { emulator, sdk } = await start({}, 2)
    await using _ = emulator
    await emulator.control.addFault(fault({ reset: 'before' }))

    expect(await sdk.create('blog')).toMatchObject({ name: 'blog' })
  })

  it('waits for the time in retry-after', async () => {
    const { emulator, sdk } = await start({}, 2)
    await using _ = emulator
    await emulator.control.addFault(fault({ error: { status: 429, code: 971, retry_after: 3 } }))

    const started = performance.now()
    await sdk.create('blog')
    // Without the header it waits for less than a second.
    expect(performance.now() - started).toBeGreaterThan(2_900)
  })

  it('throws ConflictError for a taken name after three attempts', async () => {
    const { emulator, sdk } = await start(seedWithNames('blog'), 2)
    await using _ = emulator

    await expect(sdk.create('blog')).rejects.toBeInstanceOf(sdk.errors.ConflictError)
    await expectRequests(emulator, Array(3).fill({ operation: CREATE, status: 409 }))
  })

  it('throws its own error class for each error of the API', async () => {
    const { emulator, sdk } = await start(seedWithNames('blog'))
    await using _ = emulator

    await expect(sdk.create('')).rejects.toBeInstanceOf(sdk.errors.BadRequestError)
    await expect(sdk.get(UNKNOWN_ID)).rejects.toBeInstanceOf(sdk.errors.NotFoundError)
    await expect(sdk.create('blog')).rejects.toMatchObject({ status: 409, errors: [{ code: 1013 }] })
  })

  it('throws PermissionDeniedError for an unknown API token', async () => {
    const { emulator, sdk } = await start({ auth: 'strict' })
    await using _ = emulator

    await expect(sdk.get(UNKNOWN_ID)).rejects.toBeInstanceOf(sdk.errors.PermissionDeniedError)
  })

  it.each([
    ['AuthenticationError', { error: { status: 401, code: 10000 } }],
    ['RateLimitError', { error: { status: 429, code: 971 } }],
    ['InternalServerError', { html: 502 }],
    ['APIConnectionError', { reset: 'after' }],
  ] as const)('throws %s after the fault %j', async (name, effect) => {
    const { emulator, sdk } = await start()
    await using _ = emulator
    await emulator.control.addFault(fault(effect))

    await expect(sdk.create('blog')).rejects.toBeInstanceOf(sdk.errors[name])
  })
})
