/** The clock of a world starts no earlier than the last change in its data. */
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StateTunnel } from '../../schemas/state.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { start as startCommand, temporary } from '../support/command.ts'
import { ACCOUNT, SECRET, seedOf } from '../support/emulator.ts'
import { START } from '../support/frozen-emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const LATER = '2026-02-01T00:00:00.000000Z'
const LATEST = '2026-03-01T00:00:00.000000Z'

async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ listen: false, clock: START, random_seed: 1, ...options })
  onTestFinished(() => emulator.close())
  return emulator
}

function tunnelOf(tunnel: Partial<StateTunnel>) {
  return seedOf({ id: TUNNEL, name: 'blog', tunnel_secret: SECRET, created_at: '2026-01-01T00:00:00Z', ...tunnel })
}

/** A connector whose connection was lost later than a clock at START. */
const lost: Partial<StateTunnel> = {
  connectors: [{ run_at: '2026-01-15T00:00:00Z', connections: [{ lost_at: LATER }] }],
}

/** Writes a file whose last change is the loss of a connection, 30 days after START. */
async function fileFromTheFuture(): Promise<string> {
  const db = temporary('data.db')
  const { control, close } = await start({ db, seed: tunnelOf({}) })
  await control.connectConnector({ account_id: ACCOUNT, tunnel_id: TUNNEL })
  await control.moveClock({ advance: '30d' })
  await close()
  return db
}

const STOPPED = '2026-01-31T00:00:00.000000Z'

describe('a server on a file with later data', () => {
  it('starts frozen at the last change when its clock is frozen earlier', async () => {
    const { control } = await start({ db: await fileFromTheFuture() })

    expect(await control.getClock()).toMatchObject({ now: STOPPED, frozen: true })
  })

  it('forgets a lost connection after the reconnect window', async () => {
    const { control } = await start({ db: await fileFromTheFuture() })
    const { happened } = await control.moveClock({ advance: '5m' })

    expect(happened.map(({ type, at }) => [type, at])).toEqual(
      Array(4).fill(['connection_expired', '2026-01-31T00:05:00.000000Z']),
    )
  })

  it('runs on from the last change when its clock runs', async () => {
    const db = temporary('data.db')
    const created_at = new Date(Date.now() + 30 * 86_400_000).toISOString()
    const first = await start({ db, clock: created_at, seed: tunnelOf({ created_at }) })
    await first.close()
    const { control } = await start({ db, clock: undefined })

    const { now, frozen, offset_ms } = await control.getClock()
    expect(now >= created_at.replace('Z', '000Z')).toBe(true)
    expect(frozen).toBe(false)
    expect(offset_ms).toBeGreaterThan(29 * 86_400_000)
  })

  it('keeps a clock that is later than the data', async () => {
    const { control } = await start({ db: await fileFromTheFuture(), clock: LATEST })

    expect(await control.getClock()).toMatchObject({ now: LATEST, frozen: true })
  })
})

describe('a seed with later times', () => {
  it('moves the start of a frozen clock to the last of them', async () => {
    const { control } = await start({ seed: tunnelOf(lost) })

    expect(await control.getClock()).toMatchObject({ now: LATER, frozen: true })
  })

  it.each<[string, Partial<StateTunnel>]>([
    ['creation', { created_at: LATEST }],
    ['deletion', { deleted_at: LATEST }],
    ['start of a connector', { connectors: [{ run_at: LATEST }] }],
    ['connection', { connectors: [{ connections: [{ opened_at: LATEST }] }] }],
    ['closed connection', { connectors: [{ connections: [{ closed_at: LATEST }] }] }],
    ['configuration', { configurations: [{ created_at: LATEST, config: { ingress: [{ service: 'hello_world' }] } }] }],
    ['active time', { connectors: [{}], conns_active_at: LATEST }],
    ['inactive time', { conns_inactive_at: LATEST }],
  ])('counts a %s', async (_what, tunnel) => {
    const others = seedOf({ name: 'shop', created_at: START, ...tunnel })
    const { control } = await start({ seed: [...tunnelOf(lost), ...others] })

    expect((await control.getClock()).now).toBe(LATEST)
  })

  it('counts ages from that start', async () => {
    const { control } = await start({
      seed: [...tunnelOf(lost), ...seedOf({ name: 'shop', created_at: '-1h', connectors: [{ run_at: '-30m' }] })],
    })
    const { tunnels = [] } = await control.getState()

    expect(tunnels.map(({ name, created_at }) => [name, created_at])).toContainEqual([
      'shop',
      '2026-01-31T23:00:00.000000Z',
    ])
  })

  it('moves the start again after a reset', async () => {
    const { control } = await start({ seed: tunnelOf(lost) })
    await control.moveClock({ advance: '1d' })
    await control.reset()

    expect((await control.getClock()).now).toBe(LATER)
  })

  it('does not move a clock that starts later', async () => {
    const { control } = await start({ seed: tunnelOf(lost), clock: LATEST })

    expect((await control.getClock()).now).toBe(LATEST)
  })
})

describe('a world', () => {
  it('moves its clock to the last time of a state that is put', async () => {
    const { control } = await start()
    const [state = {}] = tunnelOf(lost)
    await control.putState(state)

    expect(await control.getClock()).toMatchObject({ now: LATER, frozen: true })
  })

  it('takes back a snapshot of a later time', async () => {
    const { control } = await start({ seed: tunnelOf({}) })
    await control.moveClock({ advance: '30d' })
    await control.connectConnector({ account_id: ACCOUNT, tunnel_id: TUNNEL })
    await control.saveSnapshot({ name: 'later' })
    const state = await control.getState()
    await control.reset()
    await control.restoreSnapshot({ name: 'later' })
    expect((await control.getClock()).now).toBe(STOPPED)

    await control.reset()
    await control.putState(state)
    expect((await control.getClock()).now).toBe(STOPPED)
    expect(await control.getState()).toEqual(state)
  })

  it.each(['seed', 'current'])('created from %s starts no earlier', async from => {
    const { control, controlOf } = await start({ seed: tunnelOf(lost) })
    const { id, now } = await control.createWorld({ from })

    expect([now, (await controlOf(id).getClock()).now]).toEqual([LATER, LATER])
  })
})

describe('the log', () => {
  it('says in one line when the clock starts, and when it would have started', async () => {
    const db = await fileFromTheFuture()
    const child = startCommand(['--db', db, '--clock', START, '--log', 'text'])
    if (!child.stdout) throw new Error('its output is not a pipe')
    const lines: string[] = []
    for await (const line of createInterface(child.stdout)) {
      lines.push(line)
      if (line.includes('CLOUDFLARE_API_TOKEN')) break
    }

    expect(lines.filter(line => line.includes('clock'))).toEqual([
      expect.stringMatching(
        new RegExp(`: the clock of world main starts at ${STOPPED}, when its data last changed, and not at ${START}$`),
      ),
    ])
  })
})
