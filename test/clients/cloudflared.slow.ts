/**
 * Runs the real cloudflared if CLOUDFLARED_BIN names one: every command that needs only the API.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StateDnsRecord } from '../../schemas/state-dns-record.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { outputOf, run } from '../support/clients/child.ts'
import { expectNothingLeft, inventory } from '../support/clients/world.ts'
import { ACCOUNT, SECRET, seedOf } from '../support/emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

const CLOUDFLARED = env.CLOUDFLARED_BIN ?? ''
const SKIPPED = CLOUDFLARED === '' ? 'SKIPPED: CLOUDFLARED_BIN names no program: ' : ''
const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const OTHER_TUNNEL = 'a0a0a0a0-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const OTHER = '2bedc50d-42b3-473c-b108-ff3d10c0d925'

/** The file that `cloudflared tunnel login` would fetch. */
function certificate(accountID: string): string {
  const token = JSON.stringify({ zoneID: '023e105f4ecef8ad9ca31a8372d0c353', accountID, apiToken: 'token' })
  const lines =
    Buffer.from(token)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN ARGO TUNNEL TOKEN-----', ...lines, '-----END ARGO TUNNEL TOKEN-----', ''].join('\n')
}

async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  const home = temporaryFolder()

  const cert = join(home, 'cert.pem')
  writeFileSync(cert, certificate(ACCOUNT))
  const variables = { HOME: home, TUNNEL_ORIGIN_CERT: cert, TUNNEL_API_URL: emulator.env.TUNNEL_API_URL }
  return {
    control: emulator.control,
    cloudflared: (...args: readonly string[]) => run(CLOUDFLARED, args, { env: variables, cwd: home }),
  }
}

const RUNNING_TUNNEL: EmulatorOptions = {
  seed: seedOf({ id: ID, name: 'running', connectors: [{ id: CONNECTOR, colos: ['dfw01', 'lax01'] }] }),
}

describe.skipIf(SKIPPED)(`${SKIPPED}cloudflared`, () => {
  it('creates, lists, shows, cleans up and deletes a tunnel', async () => {
    const { control, cloudflared } = await start()
    const expectOutput = async (text: string, ...args: readonly string[]) => {
      const outcome = await cloudflared('tunnel', ...args)
      expect(outcome.output).toContain(text)
      expect(outcome.code).toBe(0)
    }

    await expectOutput('Created tunnel blog with id', 'create', '--secret', SECRET, 'blog')
    await expectOutput(' blog ', 'list')
    await expectOutput('does not have any active connection', 'info', 'blog')
    await expectOutput('eyJhIjoi', 'token', 'blog')
    await expectOutput('Cleanup connection for tunnel', 'cleanup', 'blog')
    await expectOutput('', 'delete', 'blog')
    await expectOutput('No tunnels were found', 'list')

    const entries = await control.listRequests()
    expect(entries.flatMap(({ unread }) => unread)).toEqual([])
    expect(entries.every(({ headers }) => headers.accept === 'application/json;version=1')).toBe(true)
  })

  it('routes a hostname to a tunnel, and then to another', async () => {
    const { control, cloudflared } = await start({
      seed: seedOf({ id: ID, name: 'blog' }, { id: OTHER_TUNNEL, name: 'shop' }),
    })
    const route = (...args: readonly string[]) => cloudflared('tunnel', 'route', 'dns', ...args)
    const targets = async () =>
      ((await control.getState()) as { dns_records: StateDnsRecord[] }).dns_records.map(({ content }) => content)

    expect(await route('blog', 'www.example.com')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Added CNAME www.example.com which will route to this tunnel'),
    })
    expect((await route('blog', 'www.example.com')).output).toContain('is already configured to route to your tunnel')
    expect(await route('shop', 'www.example.com')).toMatchObject({ code: 1 })
    expect(await targets()).toEqual([`${ID}.cfargotunnel.com`])
    expect(await route('--overwrite-dns', 'shop', 'www.example.com')).toMatchObject({ code: 0 })
    expect(await targets()).toEqual([`${OTHER_TUNNEL}.cfargotunnel.com`])
  })

  it('routes a private network in a virtual network, and takes both away', async () => {
    const { control, cloudflared } = await start({ seed: seedOf({ id: ID, name: 'blog' }) })
    const tunnel = async (...args: readonly string[]) => outputOf(await cloudflared('tunnel', ...args))
    const before = await inventory(control)

    await tunnel('vnet', 'add', 'staff')
    expect(await tunnel('vnet', 'list')).toContain(' staff ')
    await tunnel('route', 'ip', 'add', '--vnet', 'staff', '10.0.0.0/8', 'blog')
    expect(await tunnel('route', 'ip', 'show')).toContain('10.0.0.0/8')
    expect(await tunnel('route', 'ip', 'get', '--vnet', 'staff', '10.1.0.137')).toContain('10.0.0.0/8')
    expect((await cloudflared('tunnel', 'vnet', 'delete', 'staff')).code).toBe(1)
    await tunnel('route', 'ip', 'delete', '--vnet', 'staff', '10.0.0.0/8')
    await tunnel('vnet', 'delete', 'staff')
    await expectNothingLeft(control, before)
  })

  it('prints the token of the tunnel with its secret', async () => {
    const { cloudflared } = await start({ seed: seedOf({ id: ID, name: 'blog', tunnel_secret: SECRET }) })
    const { stdout } = await cloudflared('tunnel', 'token', 'blog')

    expect(JSON.parse(Buffer.from(stdout, 'base64').toString())).toEqual({ a: ACCOUNT, t: ID, s: SECRET })
  })

  it('lists tunnels by prefix and name, deleted ones included', async () => {
    const { cloudflared } = await start({ seed: seedOf(...['web-a', 'web-b', 'api'].map(name => ({ name }))) })
    const listed = async (...flags: readonly string[]) => (await cloudflared('tunnel', 'list', ...flags)).stdout

    expect(await listed('--name-prefix', 'web-', '--exclude-name-prefix', 'web-b')).toMatch(/^\S+\s+web-a /m)
    expect(await listed('--name-prefix', 'web-', '--exclude-name-prefix', 'web-b')).not.toMatch(/web-b|api/)
    expect(await listed('--show-deleted', '--name', 'api')).toMatch(/^\S+\s+api /m)
  })

  it('shows the connectors of a running tunnel', async () => {
    const { cloudflared } = await start(RUNNING_TUNNEL)
    const { code, stdout } = await cloudflared('tunnel', 'info', 'running')

    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^${CONNECTOR} .* 2xdfw01, 2xlax01`, 'm'))
  })

  it('fails to delete a connected tunnel, and deletes it with --force', async () => {
    const { cloudflared } = await start(RUNNING_TUNNEL)

    expect(await cloudflared('tunnel', 'delete', 'running')).toMatchObject({
      code: 1,
      output: expect.stringContaining('code: 1022, reason: This tunnel has active connections'),
    })
    expect(await cloudflared('tunnel', 'delete', '--force', 'running')).toMatchObject({ code: 0 })
  })

  it('cleans up one connector and keeps the other', async () => {
    const { cloudflared } = await start({
      seed: seedOf({ id: ID, name: 'blog', connectors: [{ id: CONNECTOR }, { id: OTHER }] }),
    })
    await cloudflared('tunnel', 'cleanup', '--connector-id', CONNECTOR, 'blog')
    const { stdout } = await cloudflared('tunnel', 'info', 'blog')

    expect(stdout).not.toContain(CONNECTOR)
    expect(stdout).toMatch(new RegExp(`^${OTHER} `, 'm'))
  })

  it('reports that a name is taken, by the status of the response', async () => {
    const { cloudflared } = await start(RUNNING_TUNNEL)

    expect(await cloudflared('tunnel', 'create', 'running')).toMatchObject({
      code: 1,
      output: expect.stringContaining('tunnel with name already exists'),
    })
  })

  it('gets a management token and reads it as a JWT', async () => {
    const { control, cloudflared } = await start(RUNNING_TUNNEL)
    const { code, stdout } = await cloudflared('tail', 'token', ID)

    expect(code).toBe(0)
    expect(stdout).toContain('eyJ')
    expect(await control.listRequests()).toMatchObject([
      { path: expect.stringMatching(/\/management\/logs$/), body: null },
    ])
  })
})
