/** Cloudflare's SDK for TypeScript against an emulator on a real port. */
import Cloudflare from 'cloudflare'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, SECRET, seedOf, UNKNOWN_ID } from '../support/emulator.ts'

const account_id = ACCOUNT
const CONNECTOR = '00000000-0000-4000-9000-000000000001'
const TUNNEL = '00000000-0000-4000-8000-000000000001'

async function startSdk(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  const client = new Cloudflare({
    apiToken: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY',
    baseURL: emulator.baseURL,
    maxRetries: 0,
  })
  return { emulator, tunnels: client.zeroTrust.tunnels.cloudflared }
}

describe('the SDK for TypeScript', () => {
  it('creates, configures, reads, rotates, renames, deletes and creates a tunnel again', async () => {
    const { tunnels } = await startSdk()
    const ingress = [{ hostname: 'www.example.com', service: 'http://localhost:8080' }]

    const { id = '', name } = await tunnels.create({ account_id, name: 'blog', config_src: 'cloudflare' })
    expect(name).toBe('blog')
    expect(await tunnels.configurations.get(id, { account_id })).toMatchObject({ version: 0, config: null })

    const config = { ingress: [...ingress, { hostname: '', service: 'http_status:404' }] }
    const put = await tunnels.configurations.update(id, { account_id, config })
    expect(put).toMatchObject({ version: 1, config, source: 'cloudflare' })
    expect(await tunnels.configurations.get(id, { account_id })).toEqual(put)

    const token = await tunnels.token.get(id, { account_id })
    await tunnels.edit(id, { account_id, name: 'blog-eu', tunnel_secret: SECRET })
    expect(await tunnels.token.get(id, { account_id })).not.toBe(token)
    expect(await tunnels.get(id, { account_id })).toMatchObject({ name: 'blog-eu', status: 'inactive' })

    expect(await tunnels.management.create(id, { account_id, resources: ['logs'] })).toMatch(/^eyJ/)
    expect(await tunnels.connections.delete(id, { account_id })).toBeNull()

    const deleted = await tunnels.delete(id, { account_id })
    expect(deleted.deleted_at).toEqual(expect.any(String))
    expect(await tunnels.get(id, { account_id })).toEqual({ ...deleted, connections: undefined })
    expect(await tunnels.create({ account_id, name: 'blog-eu' })).not.toMatchObject({ id })
  })

  it('pages through 120 tunnels', async () => {
    const { tunnels } = await startSdk()
    const names = Array.from({ length: 120 }, (_, index) => `tunnel-${String(index).padStart(3, '0')}`)
    const ids: (string | undefined)[] = []
    for (const name of names) ids.push((await tunnels.create({ account_id, name })).id)

    const found: (string | undefined)[] = []
    for await (const tunnel of tunnels.list({ account_id, per_page: 50 })) found.push(tunnel.id)
    expect(found).toEqual(ids.toSorted())
  })

  it('lists the connectors of a tunnel and drops one of them', async () => {
    const connectors = [{ id: CONNECTOR }, {}]
    const { tunnels } = await startSdk({ seed: seedOf({ id: TUNNEL, name: 'blog', connectors }) })

    const clients = await tunnels.connections.get(TUNNEL, { account_id })
    expect(clients.result).toHaveLength(2)
    expect(await tunnels.connectors.get(CONNECTOR, { account_id, tunnel_id: TUNNEL })).toMatchObject({ id: CONNECTOR })

    await tunnels.connections.delete(TUNNEL, { account_id, client_id: CONNECTOR })
    const left = await tunnels.connections.get(TUNNEL, { account_id })
    expect(left.result.map(({ id }) => id)).not.toContain(CONNECTOR)
  })

  it('throws its own error classes', async () => {
    const { tunnels } = await startSdk()
    await tunnels.create({ account_id, name: 'blog' })

    await expect(tunnels.create({ account_id, name: 'blog' })).rejects.toBeInstanceOf(Cloudflare.ConflictError)
    await expect(tunnels.get(UNKNOWN_ID, { account_id })).rejects.toBeInstanceOf(Cloudflare.NotFoundError)
    await expect(tunnels.create({ account_id, name: '' })).rejects.toBeInstanceOf(Cloudflare.BadRequestError)
  })

  it('throws PermissionDeniedError for an unknown API token in strict mode', async () => {
    const { tunnels } = await startSdk({ auth: 'strict' })

    await expect(tunnels.create({ account_id, name: 'blog' })).rejects.toBeInstanceOf(Cloudflare.PermissionDeniedError)
  })
})

describe("the requests of the SDK's own test suite, against the seed docs", () => {
  const id = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
  const connector = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
  const inConfiguredAccount = { account_id: '023e105f4ecef8ad9ca31a8372d0c353' }

  /** Like that suite: a bare host as base URL, and an email address with an API key. */
  const startSuite = async (options: EmulatorOptions = {}) => {
    const { emulator } = await startSdk({ seed: ['docs'], ...options })
    const client = new Cloudflare({
      apiKey: '144c9defac04969c7bfad8efaa8ea194',
      apiEmail: 'user@example.com',
      baseURL: emulator.url,
      maxRetries: 0,
    })
    return client.zeroTrust.tunnels.cloudflared
  }

  type Suite = Awaited<ReturnType<typeof startSuite>>
  const calls: [string, (tunnels: Suite) => Promise<unknown>][] = [
    ['create', tunnels => tunnels.create({ account_id, name: 'blog', config_src: 'local', tunnel_secret: SECRET })],
    ['get', tunnels => tunnels.get(id, { account_id })],
    ['edit', tunnels => tunnels.edit(id, { account_id, name: 'blog', tunnel_secret: SECRET })],
    ['edit nothing', tunnels => tunnels.edit(id, { account_id })],
    ['delete', tunnels => tunnels.delete(id, { account_id })],
    ['connections.get', async tunnels => tunnels.connections.get(id, { account_id })],
    ['connections.delete', tunnels => tunnels.connections.delete(id, { account_id, client_id: connector })],
    ['connectors.get', tunnels => tunnels.connectors.get(connector, { account_id, tunnel_id: id })],
    ['token.get', tunnels => tunnels.token.get(id, { account_id })],
    ['management.create', tunnels => tunnels.management.create(id, { account_id, resources: ['logs'] })],
    ['configurations.get', tunnels => tunnels.configurations.get(id, inConfiguredAccount)],
    [
      'list with every parameter, existed_at already encoded',
      async tunnels =>
        tunnels.list({
          account_id,
          exclude_prefix: 'vpc1-',
          existed_at: '2019-10-12T07%3A20%3A50.52Z',
          include_prefix: 'vpc1-',
          is_deleted: true,
          name: 'blog',
          page: 1,
          per_page: 1,
          status: 'inactive',
          uuid: id,
          was_active_at: '2009-11-10T23:00:00Z',
          was_inactive_at: '2009-11-10T23:00:00Z',
        }),
    ],
  ]

  it.each(calls)('%s succeeds', async (_name, call) => {
    await expect(call(await startSuite())).resolves.not.toBeUndefined()
  })

  it('accepts the configurations of that suite, without a catch-all rule, if check_ingress is off', async () => {
    const tunnels = await startSuite({ check_ingress: false })
    const config = { ingress: [{ hostname: 'tunnel.example.com', service: 'https://localhost:8001', path: 'subpath' }] }

    expect(await tunnels.configurations.update(id, inConfiguredAccount)).toMatchObject({ version: 2 })
    expect(await tunnels.configurations.update(id, { ...inConfiguredAccount, config })).toMatchObject({
      version: 3,
      config,
    })
  })
})
