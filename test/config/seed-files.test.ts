import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import { BUNDLED_SEEDS } from '../../schemas/options.ts'
import type { State } from '../../schemas/state.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, SECRET, seedOf, startEmulator } from '../support/emulator.ts'
import { temporaryFolder } from '../support/run-command.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const tunnel = { account_tag: ACCOUNT, name: 'blog' }

/** The message of the error with which a start from these states fails. */
async function refusalOf(...seed: State[]): Promise<string> {
  try {
    const emulator = await createEmulator({ listen: false, seed })
    await emulator.close()
    return 'no error'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a bundled seed', () => {
  it.each(BUNDLED_SEEDS)('%s loads', async seed => {
    await expect(startEmulator({ seed: [seed] })).resolves.toBeDefined()
  })

  it.each(BUNDLED_SEEDS)('%s has nothing for lint to find', async seed => {
    const { emulator } = await startEmulator({ seed: [seed] })

    expect(await emulator.control.lint({ leftovers: true })).toEqual([])
  })

  it('every-status has a tunnel in each status, named after it', async () => {
    const { get } = await startEmulator({ seed: ['every-status'] })
    const { result: alive } = await get<Tunnel[]>('')
    const { result: deleted } = await get<Tunnel[]>('?is_deleted=true')

    for (const { name, status } of alive) expect(name.startsWith(status)).toBe(true)
    for (const { name, status } of deleted) expect(name).toBe(`deleted-${status}`)
    expect(new Set(alive.map(({ status }) => status)).size).toBe(4)
  })

  it('demo has a dozen tunnels that cover every status, and a deleted one', async () => {
    const { get } = await startEmulator({ seed: ['demo'] }, '0d3a5c1e8b7f4a2996e1c47d5b80f3a2')
    const { result: alive } = await get<Tunnel[]>('')
    const pending = await get<Client[]>('/d0000000-0000-4000-8000-000000000005/connections')

    expect(alive).toHaveLength(12)
    expect(new Set(alive.map(({ status }) => status))).toEqual(new Set(['healthy', 'degraded', 'down', 'inactive']))
    expect((await get<Tunnel[]>('?is_deleted=true')).result).toHaveLength(1)
    expect(pending.result.flatMap(({ conns }) => conns.map(conn => conn.is_pending_reconnect))).toContain(true)
  })

  it('demo has a record for each hostname of its configurations, and for the apex', async () => {
    const { emulator } = await startEmulator({ seed: ['demo'] })
    const { tunnels = [], dns_records = [] } = (await emulator.control.getState()) as State
    const leads = tunnels.flatMap(({ id, configurations = [] }) =>
      configurations.flatMap(({ config }) =>
        (config.ingress ?? []).flatMap(({ hostname }) => (hostname ? [`${hostname} ${id}.cfargotunnel.com`] : [])),
      ),
    )
    const toTunnels = dns_records.filter(({ content = '' }) => content.endsWith('.cfargotunnel.com'))
    const records = toTunnels.map(({ name, content }) => `${name} ${content}`)
    const apex = 'alpine-outdoor.example d0000000-0000-4000-8000-000000000001.cfargotunnel.com'

    expect(new Set(records)).toEqual(new Set([apex, ...leads]))
    expect(toTunnels.every(({ type, proxied }) => type === 'CNAME' && proxied)).toBe(true)
  })

  it('demo has private networks and Access', async () => {
    const { control } = (await startEmulator({ seed: ['demo'] })).emulator
    const { virtual_networks, routes, hostname_routes } = await control.getNetworkOverview()
    const { applications, policies, service_tokens, tags } = await control.getAccessOverview()

    for (const list of [virtual_networks, routes, hostname_routes, applications, policies, service_tokens, tags]) {
      expect(list.length).toBeGreaterThan(1)
    }
    expect(applications.every(app => app.policies.length > 0)).toBe(true)
  })
})

function stateWith(...names: readonly string[]): State {
  return { tunnels: names.map(name => ({ ...tunnel, name })) }
}

describe('a seed that does not exist', () => {
  it('is rejected with the names of those that do', async () => {
    await expect(startEmulator({ seed: ['dmeo'] })).rejects.toThrow(
      /^seed \S+dmeo: there is no such file; bundled seeds are docs, demo, every-status; did you mean "demo"\?$/,
    )
  })
})

describe('a folder of seeds', () => {
  it('loads its *.json files, and no other files or folders', async () => {
    const folder = temporaryFolder({
      '10-a.json': stateWith('blog'),
      '20-b.json': stateWith('shop', 'docs'),
      'README.md': 'no seed',
    })
    mkdirSync(join(folder, 'archive'))
    const { get } = await startEmulator({ seed: [folder] })

    expect((await get<Tunnel[]>('')).result.map(({ name }) => name).toSorted()).toEqual(['blog', 'docs', 'shop'])
  })

  it('loads its files sorted by name', async () => {
    const folder = temporaryFolder({ '20-b.json': '{', '10-a.json': '{' })

    await expect(startEmulator({ seed: [folder] })).rejects.toThrow(`seed ${join(folder, '10-a.json')}: `)
  })

  it('loads when it is empty', async () => {
    const { get } = await startEmulator({ seed: [temporaryFolder({})] })

    expect((await get<Tunnel[]>('')).result).toEqual([])
  })

  it('is rejected when it does not exist', async () => {
    await expect(startEmulator({ seed: ['/no/such/folder'] })).rejects.toThrow(
      'seed /no/such/folder: there is no such file',
    )
  })
})

describe('a seed', () => {
  it('gets defaults for fields that it leaves out', async () => {
    const { get } = await startEmulator({ seed: seedOf({ id: TUNNEL, name: 'blog', connectors: [{}] }) })
    const { result } = await get<Client[]>(`/${TUNNEL}/connections`)

    expect(result[0]?.conns.map(({ colo_name }) => colo_name)).toEqual(['dfw08', 'iad05', 'dfw08', 'iad05'])
    expect(result[0]).toMatchObject({ version: expect.any(String), arch: 'linux_amd64', ha_status: null })
  })

  it('may give times as ages, counted back from now', async () => {
    const { get } = await startEmulator({ seed: seedOf({ id: TUNNEL, name: 'blog', created_at: '-2d' }) })
    const { result } = await get<Tunnel>(`/${TUNNEL}`)
    const age = Date.now() - Date.parse(result.created_at)

    expect(age / 86_400_000).toBeCloseTo(2, 2)
  })

  it('closes the connections of a deleted tunnel', async () => {
    const deleted = { id: TUNNEL, name: 'blog', created_at: '-2d', deleted_at: '-1d', connectors: [{ run_at: '-2d' }] }
    const { get } = await startEmulator({ seed: seedOf(deleted) })

    expect((await get(`/${TUNNEL}/connections`)).result).toEqual([])
    expect((await get(`/${TUNNEL}`)).result).toMatchObject({ status: 'down', deleted_at: expect.any(String) })
  })

  it('with a list of accounts makes all other accounts unknown', async () => {
    const seed = [{ accounts: [{ id: ACCOUNT, name: 'Example' }], tunnels: [tunnel] }]

    expect((await (await startEmulator({ seed })).get('')).status).toBe(200)
    expect((await (await startEmulator({ seed }, '0'.repeat(32))).get('')).status).toBe(403)
  })
})

describe('a seed is rejected, with the place in it,', () => {
  it.each<[string, State, string]>([
    ['for an unknown key', JSON.parse('{"colour": "red"}'), 'unknown field "colour"; there are "$schema", '],
    [
      'for two tunnels of one name',
      { tunnels: [tunnel, tunnel] },
      'tunnels[1].name: another live tunnel is named "blog"',
    ],
    [
      'for two tunnels of one id',
      {
        tunnels: [
          { ...tunnel, id: TUNNEL },
          { ...tunnel, id: TUNNEL, name: 'b' },
        ],
      },
      `tunnels[1].id: another tunnel has the id ${TUNNEL}`,
    ],
    ['for a bad secret', { tunnels: [{ ...tunnel, tunnel_secret: '?' }] }, 'tunnels[0].tunnel_secret: is not base64'],
    ['for an invalid time', { tunnels: [{ ...tunnel, created_at: 'now' }] }, 'tunnels[0].created_at: '],
    [
      'for a tunnel that is active without a connection',
      { tunnels: [{ ...tunnel, conns_active_at: '-0s', conns_inactive_at: null }] },
      'tunnels[0]: has no live connection, so conns_inactive_at must be a time and conns_active_at null',
    ],
    [
      'for a tunnel that is inactive with one',
      { tunnels: [{ ...tunnel, created_at: '-1m', connectors: [{}], conns_inactive_at: '-0s' }] },
      'tunnels[0]: has a live connection, so conns_active_at must be a time and conns_inactive_at null',
    ],
    [
      'for a connection lost before it opened',
      {
        tunnels: [{ ...tunnel, created_at: '-3d', connectors: [{ run_at: '-1d', connections: [{ lost_at: '-2d' }] }] }],
      },
      'tunnels[0].connectors[0].connections[0]: lost_at must not be before opened_at',
    ],
    [
      'for a configuration that cloudflared would reject',
      { tunnels: [{ ...tunnel, configurations: [{ config: { ingress: [] } }] }] },
      "tunnels[0].configurations[0].config: The config file doesn't contain any ingress rules",
    ],
    [
      'for versions that do not increase',
      {
        tunnels: [
          {
            ...tunnel,
            configurations: [2, 2].map(version => ({ version, config: { ingress: [{ service: 'hello_world' }] } })),
          },
        ],
      },
      'tunnels[0].configurations[1].version: must be above 2',
    ],
    [
      'for an account that it does not list',
      { accounts: [{ id: '0'.repeat(32) }], tunnels: [tunnel] },
      `tunnels[0]: account ${ACCOUNT} is not listed in accounts`,
    ],
    [
      'for an incomplete credential',
      { credentials: [{ email: 'user@example.com', permissions: [] }] },
      'credentials[0]: needs a token, an email with its key, or a service_key',
    ],
  ])('%s', async (_why, state, reason) => {
    expect(await refusalOf(state)).toContain(`seed: ${reason}`)
  })

  it('when two seeds have a tunnel of the same name', async () => {
    expect(await refusalOf({ tunnels: [tunnel] }, { tunnels: [{ ...tunnel, tunnel_secret: SECRET }] })).toContain(
      'tunnels[0].name: another live tunnel is named "blog"',
    )
  })
})
