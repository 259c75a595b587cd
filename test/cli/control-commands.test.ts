/** Commands that call the control plane of a running server. */
import { describe, expect, it } from 'vitest'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { startServer } from '../support/run-command.ts'

const CONNECTOR = '11111111-1111-4111-8111-111111111111'

function start() {
  return startServer({ seed: ['every-status'], clock: '2026-01-01T00:00:00Z' })
}

function list(baseURL: string) {
  return fetch(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel`, { headers: { authorization: 'Bearer hush' } })
}

describe('clock', () => {
  it('prints the time, its state and the next due job', async () => {
    const { run } = await start()
    const { stdout } = await run('clock', '--json')

    expect((await run('clock')).stdout).toMatch(/^2026-01-01T00:00:00\.000000Z, frozen; next due 2026-/)
    expect(JSON.parse(stdout)).toMatchObject({ now: '2026-01-01T00:00:00.000000Z', frozen: true })
  })

  it('advance prints the new time and the events until then', async () => {
    const { run } = await start()
    const { stdout } = await run('clock', 'advance', '5m')

    expect(stdout).toMatch(/^2026-01-01T00:05:00\.000000Z, frozen; nothing is due\n/)
    expect(stdout).toMatch(/ connection_expired tunnel \S+ connector \S+ connection \S+$/m)
    expect(stdout).toMatch(/ tunnel_status_changed tunnel \S+ degraded → healthy$/m)
  })

  it('resume, freeze and set change the clock', async () => {
    const { run } = await start()

    expect((await run('clock', 'resume')).stdout).toContain(', running; ')
    expect((await run('clock', 'freeze')).stdout).toContain(', frozen; ')
    expect((await run('clock', 'freeze', '2027-01-01T00:00:00Z')).stdout).toMatch(/^2027-.*, frozen; /)
    expect((await run('clock', 'set', '2028-01-01T00:00:00Z')).stdout).toMatch(/^2028-/)
  })

  it('set prints the reason when the server refuses', async () => {
    const { run } = await start()
    await run('connect', 'inactive')

    expect((await run('clock', 'set', '2025-01-01T00:00:00Z')).stderr).toMatch(/^mockflared: the clock cannot go back/)
  })
})

describe('snapshot and reset', () => {
  it('save and restore a world', async () => {
    const { run, control } = await start()
    const count = async () => (await control.getState()).tunnels?.length

    expect((await run('snapshot')).stdout).toBe('no snapshots')
    expect((await run('snapshot', 'save', 'before')).stdout).toBe(
      'saved before, 2026-01-01T00:00:00.000000Z, 9 tunnels',
    )
    expect((await run('reset', 'empty')).stdout).toBe('reset to empty')
    expect(await count()).toBe(0)
    expect((await run('snapshot', 'list')).stdout).toBe('before  2026-01-01T00:00:00.000000Z  9 tunnels')
    expect((await run('snapshot', 'restore', 'before')).stdout).toBe('restored before')
    expect(await count()).toBe(9)
    expect((await run('snapshot', 'delete', 'before')).stdout).toBe('deleted before')
    expect((await run('reset', 'before')).stderr).toBe(
      'mockflared: "before" is not "seed", "empty" or the name of a snapshot',
    )
    expect((await run('reset', '--json')).stdout).toBe('{\n  "done": true\n}')
  })
})

describe('snapshot changes and snapshot restore --keep', () => {
  it('list what changed, and leave the request log and the faults as they are', async () => {
    const { run, control } = await start()
    await run('snapshot', 'save', 'before')
    await run('faults', 'add', 'outage')
    expect((await run('snapshot', 'changes', 'before')).stdout).toBe('no changes since before')
    const [{ account_id, tunnel_id, name } = { account_id: '', tunnel_id: '', name: '' }] = await control.listTunnels()
    await control.connectConnector({ account_id, tunnel_id })
    const { stdout } = await run('snapshot', 'changes', 'before')
    expect(stdout).toMatch(new RegExp(`^changed  tunnels  ${name}  .*connectors`))

    expect((await run('snapshot', 'restore', 'before', '--keep', 'requests', 'faults')).stdout).toBe('restored before')
    expect(await control.listFaults()).toHaveLength(1)
    expect((await run('snapshot', 'restore', 'before', '--keep', 'tunnels')).stderr).toContain('requests, faults')
  })
})

describe('the old names of commands', () => {
  it('still work', async () => {
    const { run } = await start()
    await run('snapshot', 'save', 'before')

    expect((await run('snapshots', 'load', 'before')).stdout).toBe('restored before')
    expect((await run('snapshot', 'rm', 'before')).stdout).toBe('deleted before')
    await run('faults', 'add', 'outage')
    expect(await run('faults', 'rm', 'fault-1')).toMatchObject({ code: 0 })
  })
})

describe('connect and disconnect', () => {
  it('connect, lose, reconnect and stop a connector', async () => {
    const { run } = await start()

    expect((await run('connect', 'inactive', '--id', CONNECTOR, '--colo', 'ams01', '--colo', 'fra02')).stdout).toBe(
      `connected ${CONNECTOR}: ams01 fra02 ams01 fra02; inactive is healthy`,
    )
    expect((await run('disconnect', 'inactive', '--connections', '3')).stdout).toBe(
      `disconnected ${CONNECTOR}: ams01 (pending) fra02 (pending) ams01 (pending) fra02; inactive is degraded`,
    )
    expect((await run('connect', 'inactive', '--id', CONNECTOR.toUpperCase())).stdout).toContain(
      '; inactive is healthy',
    )
    expect((await run('disconnect', 'inactive', CONNECTOR, '--graceful')).stdout).toBe(
      `disconnected ${CONNECTOR}: no connections; inactive is down`,
    )
  })

  it('drain, flap and reconnect the only connector', async () => {
    const { run } = await start()
    await run('connect', 'inactive', '--id', CONNECTOR)

    expect((await run('flap', 'inactive', '--down-for', '3s')).stdout).toMatch(/^flapping \S+: .*; inactive is down$/)
    await run('clock', 'advance', '3s')
    expect((await run('drain', 'inactive', '--every', '1s')).stdout).toMatch(/^draining \S+: .*; inactive is degraded$/)
    await run('clock', 'advance', '10s')
    expect((await run('reconnect', 'inactive')).stdout).toMatch(/^reconnected \S+: .*; inactive is healthy$/)
    expect((await run('reconnect', 'inactive')).stderr).toContain('inactive has no connector that is disconnected')
  })

  it('disconnect still takes --lost', async () => {
    const { run } = await start()

    expect((await run('disconnect', 'healthy', '--lost')).stdout).toContain('(pending)')
  })

  it('connect with the properties that flags give', async () => {
    const { run } = await start()
    const properties = ['--cloudflared', '2026.1.1', '--arch', 'x', '--origin-ip', '192.0.2.9', '--connections', '1']
    const { stdout } = await run('connect', 'inactive', ...properties, '--reconnects', '--json')

    expect(JSON.parse(stdout)).toMatchObject({
      version: '2026.1.1',
      arch: 'x',
      origin_ip: '192.0.2.9',
      reconnects: true,
      connections: [{ state: 'live' }],
      tunnel_status: 'degraded',
    })
  })

  it('find a tunnel by id', async () => {
    const { run } = await start()

    expect(await run('connect', '00000000-0000-4000-8000-000000000001')).toMatchObject({ code: 0 })
  })

  it.each([
    [['connect', 'nosuch'], 'there is no tunnel nosuch'],
    [['connect', 'inactive', '--account', '0'.repeat(32)], `there is no tunnel inactive in account ${'0'.repeat(32)}`],
    [['disconnect', 'inactive'], 'tunnel inactive has no connector that is connected'],
    [
      ['disconnect', 'healthy-replicas'],
      'tunnel healthy-replicas has several connectors that are connected: name one of 0',
    ],
    [['disconnect', 'healthy', UNKNOWN_ID], `has no connector ${UNKNOWN_ID}`],
  ])('fail for %j', async (args, reason) => {
    const { run } = await start()

    expect(await run(...args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(reason) })
  })

  it('fail when a name is ambiguous, and accept it with --account', async () => {
    const tunnels = ['0', '1'].map(digit => ({ account_tag: digit.repeat(32), name: 'blog' }))
    const { run } = await startServer({ seed: [{ tunnels }] })

    expect((await run('connect', 'blog')).stderr).toContain(
      'several accounts have a tunnel blog: name one with --account, of 0',
    )
    expect(await run('connect', 'blog', '--account', '1'.repeat(32))).toMatchObject({ code: 0 })
  })

  it('fail when flags would change a connector that reconnects', async () => {
    const { run } = await start()
    await run('connect', 'inactive', '--id', CONNECTOR)

    expect((await run('connect', 'inactive', '--id', CONNECTOR, '--arch', 'x')).stderr).toBe(
      `mockflared: connector ${CONNECTOR} exists and reconnects as it was: omit its other options`,
    )
  })
})

describe('faults', () => {
  it('adds, lists and removes faults', async () => {
    const { run, baseURL } = await start()
    const rule = JSON.stringify({ method: 'GET', effect: { html: 502 } })

    expect((await run('faults')).stdout).toBe('no faults')
    expect((await run('faults', 'add', 'rate-limited')).stdout).toMatch(
      /^fault-1 .*"code":971.*acted on 0 of 0 requests$/,
    )
    expect((await run('faults', 'add', rule)).stdout).toMatch(/^fault-2 .*\{"method":"GET"\}/)
    expect((await run('faults', 'remove', 'fault-1')).stdout).toContain('fault-1')
    expect((await list(baseURL)).status).toBe(502)
    expect((await run('faults', 'list')).stdout).toMatch(/^fault-2 .*acted on 1 of 1 requests$/)
    expect((await run('faults', 'clear')).stdout).toContain('fault-2')
    expect((await run('faults', 'clear')).stdout).toBe('no faults')
  })

  it('fails for an unknown preset and an unknown id', async () => {
    const { run } = await start()

    expect((await run('faults', 'add', 'gremlins')).stderr).toContain('body.preset: "gremlins" is not "rate-limited", ')
    expect((await run('faults', 'remove', 'fault-9')).stderr).toBe('mockflared: there is no fault fault-9')
  })
})

describe('requests', () => {
  it('lists requests without secrets, and clears them', async () => {
    const { run, baseURL } = await start()
    await list(baseURL)

    expect((await run('requests')).stdout).toMatch(/^#1 {2}2026-\S+ {2}200 {2}GET {2}\/accounts\/\S+ {4}\S+$/)
    expect((await run('requests', '--method', 'post')).stdout).toBe('no requests')
    expect((await run('requests', '--after', '1')).stdout).toBe('no requests')
    expect((await run('requests', '--json')).stdout).not.toContain('hush')
    expect((await run('requests', 'clear')).stdout).toBe('cleared 1 request')
  })

  it('lists requests by status class, text and ignored keys, and shows one of them', async () => {
    const { run, baseURL } = await start()
    await list(baseURL)
    await list(`${baseURL}/nowhere`)
    const ids = async (...flags: string[]) => (await run('requests', ...flags)).stdout.match(/^#\d+/gm)

    expect(await ids('--status', '4xx')).toEqual(['#2'])
    expect(await ids('--text', 'NOWHERE')).toEqual(['#2'])
    expect(await ids('--before', '2')).toEqual(['#1'])
    expect((await run('requests', '--unread')).stdout).toBe('no requests')
    expect(JSON.parse((await run('requests', 'show', '2')).stdout)).toMatchObject({ id: 2, status: 404 })
    expect(await run('requests', 'show', '3')).toMatchObject({
      code: 1,
      stderr: 'mockflared: there is no request 3: the latest is 2',
    })
    expect((await run('requests', '--status', '6xx')).stderr).toBe(
      'mockflared: --status: "6xx" is not a whole number or "1xx", "2xx", "3xx", "4xx" or "5xx"',
    )
  })

  it('lists which requests ask for an operation that is not emulated', async () => {
    const { run, baseURL } = await startServer()
    await fetch(`${baseURL}/accounts/${ACCOUNT}/images/v1/stats`, { headers: { authorization: 'Bearer hush' } })

    expect((await run('requests')).stdout).toMatch(
      / {2}not emulated: GET \/accounts\/\{account_id\}\/images\/v1\/stats$/,
    )
  })

  it('verify exits with code 1 when the requests are not as expected', async () => {
    const { run, baseURL } = await start()
    await list(baseURL)
    const verify = (...args: string[]) => run('requests', 'verify', '--account', ACCOUNT, ...args)

    expect(await verify('--method', 'get', '--status', '200')).toMatchObject({ code: 0, stderr: '' })
    expect(await verify('--method', 'post', '--max', '0')).toMatchObject({ code: 0 })
    expect(await verify('--min', '2')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^expected at least 2 requests/),
      stderr: '',
    })
    expect(JSON.parse((await verify('--body', '{"name":"blog"}', '--json')).stdout)).toMatchObject({ passed: false })
    expect((await verify('--operation', 'nosuch')).stderr).toContain('unknown operation nosuch')
  })
})
