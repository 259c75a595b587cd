import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { State } from '../../schemas/state.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { BUNDLED_SEEDS } from '../../src/config/seed-files.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, SECRET, seedOf, startDouble } from '../support/emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const tunnel = { account_tag: ACCOUNT, name: 'blog' }

/** Starts with states and answers with the reason why not. */
async function refusalOf(...seed: State[]): Promise<string> {
  try {
    const emulator = await createEmulator({ listen: false, seed })
    await emulator.close()
    return 'it started'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('the bundled seeds', () => {
  it.each(BUNDLED_SEEDS)('%s is planted', async seed => {
    await expect(startDouble({ seed: [seed] })).resolves.toBeDefined()
  })

  it('every-status has what its names promise', async () => {
    const { get } = await startDouble({ seed: ['every-status'] })
    const { result: alive } = await get<Tunnel[]>('')
    const { result: deleted } = await get<Tunnel[]>('?is_deleted=true')

    for (const { name, status } of alive) expect(name.startsWith(status)).toBe(true)
    for (const { name, status } of deleted) expect(name).toBe(`deleted-${status}`)
    expect(new Set(alive.map(({ status }) => status)).size).toBe(4)
  })

  it('demo shows a dozen tunnels in every status, and one that was deleted', async () => {
    const { get } = await startDouble({ seed: ['demo'] }, '0d3a5c1e8b7f4a2996e1c47d5b80f3a2')
    const { result: alive } = await get<Tunnel[]>('')
    const pending = await get<Client[]>('/d0000000-0000-4000-8000-000000000005/connections')

    expect(alive).toHaveLength(12)
    expect(new Set(alive.map(({ status }) => status))).toEqual(new Set(['healthy', 'degraded', 'down', 'inactive']))
    expect((await get<Tunnel[]>('?is_deleted=true')).result).toHaveLength(1)
    expect(pending.result.flatMap(({ conns }) => conns.map(conn => conn.is_pending_reconnect))).toContain(true)
  })
})

/** A folder with files, gone when the test is over. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-seeds-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

function fileOf(...names: readonly string[]): string {
  return JSON.stringify({ tunnels: names.map(name => ({ ...tunnel, name })) })
}

describe('a folder of seeds', () => {
  it('plants every *.json file in it, and nothing else', async () => {
    const folder = folderOf({
      '10-a.json': fileOf('blog'),
      '20-b.json': fileOf('shop', 'docs'),
      'README.md': 'no seed',
    })
    mkdirSync(join(folder, 'archive'))
    const { get } = await startDouble({ seed: [folder] })

    expect((await get<Tunnel[]>('')).result.map(({ name }) => name).toSorted()).toEqual(['blog', 'docs', 'shop'])
  })

  it('reads them in the order of their names', async () => {
    const folder = folderOf({ '20-b.json': '{', '10-a.json': '{' })

    await expect(startDouble({ seed: [folder] })).rejects.toThrow(`seed ${join(folder, '10-a.json')}: `)
  })

  it('may be empty', async () => {
    const { get } = await startDouble({ seed: [folderOf({})] })

    expect((await get<Tunnel[]>('')).result).toEqual([])
  })

  it('must be there', async () => {
    await expect(startDouble({ seed: ['/no/such/folder'] })).rejects.toThrow('seed /no/such/folder: ENOENT')
  })
})

describe('a seed', () => {
  it('fills in what it leaves out', async () => {
    const { get } = await startDouble({ seed: seedOf({ id: TUNNEL, name: 'blog', connectors: [{}] }) })
    const { result } = await get<Client[]>(`/${TUNNEL}/connections`)

    expect(result[0]?.conns.map(({ colo_name }) => colo_name)).toEqual(['dfw08', 'iad05', 'dfw08', 'iad05'])
    expect(result[0]).toMatchObject({ version: expect.any(String), arch: 'linux_amd64', ha_status: null })
  })

  it('counts ages back from now', async () => {
    const { get } = await startDouble({ seed: seedOf({ id: TUNNEL, name: 'blog', created_at: '-2d' }) })
    const { result } = await get<Tunnel>(`/${TUNNEL}`)
    const age = Date.now() - Date.parse(result.created_at)

    expect(age / 86_400_000).toBeCloseTo(2, 2)
  })

  it('keeps a tunnel deleted, its connections closed with it', async () => {
    const deleted = { id: TUNNEL, name: 'blog', created_at: '-2d', deleted_at: '-1d', connectors: [{ run_at: '-2d' }] }
    const { get } = await startDouble({ seed: seedOf(deleted) })

    expect((await get(`/${TUNNEL}/connections`)).result).toEqual([])
    expect((await get(`/${TUNNEL}`)).result).toMatchObject({ status: 'down', deleted_at: expect.any(String) })
  })

  it('limits the accounts that exist to those it lists', async () => {
    const seed = [{ accounts: [{ id: ACCOUNT, name: 'Example' }], tunnels: [tunnel] }]

    expect((await (await startDouble({ seed })).get('')).status).toBe(200)
    expect((await (await startDouble({ seed }, '0'.repeat(32))).get('')).status).toBe(403)
  })
})

describe('a seed is refused, with the place in it,', () => {
  it.each<[string, State, string]>([
    ['for an unknown key', JSON.parse('{"colour": "red"}'), 'colour: unknown field'],
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
    ['for a time that is none', { tunnels: [{ ...tunnel, created_at: 'now' }] }, 'tunnels[0].created_at: '],
    [
      'for a tunnel from the future',
      { tunnels: [{ ...tunnel, created_at: '2999-01-01T00:00:00Z' }] },
      'tunnels[0]: now must not be before created_at',
    ],
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
      'for a configuration that cloudflared would refuse',
      { tunnels: [{ ...tunnel, configurations: [{ config: { ingress: [] } }] }] },
      "tunnels[0].configurations[0].config: The config file doesn't contain any ingress rules",
    ],
    [
      'for versions that do not grow',
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
      'for half a credential',
      { credentials: [{ email: 'user@example.com', permissions: [] }] },
      'credentials[0]: needs a token, an email with its key, or a service_key',
    ],
  ])('%s', async (_why, state, reason) => {
    expect(await refusalOf(state)).toContain(`seed: ${reason}`)
  })

  it('when two of them clash', async () => {
    expect(await refusalOf({ tunnels: [tunnel] }, { tunnels: [{ ...tunnel, tunnel_secret: SECRET }] })).toContain(
      'tunnels[0].name: another live tunnel is named "blog"',
    )
  })
})
