/** Connectors that a state calls real: a cloudflared that connected to the local edge. */
import { describe, expect, it } from 'vitest'
import type { Control } from '../../../schemas/control/control.ts'
import { ACCOUNT, seedOf, startEmulator } from '../../support/emulator.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const LOST = { lost_at: '-1m', opened_at: '-2m' }

const SEED = seedOf({
  id: TUNNEL,
  name: 'blog',
  config_src: 'cloudflare',
  created_at: '-1h',
  configurations: [{ config: { ingress: [{ service: 'http_status:404' }] } }],
  connectors: [{ id: CONNECTOR, kind: 'real', config_version: null, connections: [{ index: 2, ...LOST }] }],
})

describe('a real connector in a state', () => {
  it('keeps its kind and the index of its connections', async () => {
    const { emulator } = await startEmulator({ seed: SEED })
    const state = await emulator.control.getState()

    expect(state.tunnels?.[0]?.connectors).toMatchObject([{ kind: 'real', connections: [{ index: 2 }] }])
    await emulator.control.putState(state)
    expect(await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: TUNNEL })).toMatchObject([
      { id: CONNECTOR, kind: 'real', connections: [{ index: 2, state: 'pending' }] },
    ])
  })

  it('does nothing that the simulation does', async () => {
    const address = { account_id: ACCOUNT, tunnel_id: TUNNEL, connector_id: CONNECTOR }
    const scenario = [{ ...address, after: '1s', happens: 'back' as const }]
    const { emulator, put } = await startEmulator({ seed: [{ ...SEED[0], scenario }], clock: '2026-01-01T00:00:00Z' })
    await put(`/${TUNNEL}/configurations`, { config: { ingress: [{ service: 'http_status:503' }] } })
    await emulator.control.moveClock({ advance: '10s' })

    expect(await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: TUNNEL })).toMatchObject([
      { config_version: null, connections: [{ state: 'pending' }] },
    ])
  })
})

describe('a simulated connector in a state', () => {
  it('says neither its kind nor an index', async () => {
    const { emulator } = await startEmulator({ seed: seedOf({ id: TUNNEL, name: 'blog', connectors: [{}] }) })
    const [connector] = (await emulator.control.getState()).tunnels?.[0]?.connectors ?? []

    expect(connector).not.toHaveProperty('kind')
    expect(connector?.connections?.[0]).not.toHaveProperty('index')
    expect(await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: TUNNEL })).toMatchObject([
      { kind: 'simulated', connections: [{ index: null }, {}, {}, {}] },
    ])
  })
})

describe('a live real connector in a state, without an edge', { tags: ['connection_pending'] }, () => {
  const LIVE = seedOf({ id: TUNNEL, name: 'blog', connectors: [{ id: CONNECTOR, kind: 'real' }] })
  const statesOf = async ({ control }: { control: Control }) => {
    const [connector] = await control.listConnectors({ account_id: ACCOUNT, tunnel_id: TUNNEL })
    return [connector?.tunnel_status, ...(connector?.connections ?? []).map(({ state }) => state)]
  }
  const LOST_ALL = ['down', 'pending', 'pending', 'pending', 'pending']

  it('loses its connections when the state is loaded, and they expire', async () => {
    const { emulator } = await startEmulator({ seed: LIVE, clock: '2026-01-01T00:00:00Z' })

    expect(await statesOf(emulator)).toEqual(LOST_ALL)
    const { happened } = await emulator.control.moveClock({ advance: '6m' })
    expect(happened.map(({ type }) => type)).toEqual(Array(4).fill('connection_expired'))
  })

  it('loses them with every reset', async () => {
    const { emulator } = await startEmulator({ seed: LIVE })
    await emulator.control.reset({ to: 'seed' })

    expect(await statesOf(emulator)).toEqual(LOST_ALL)
  })

  it('loses them in a world that starts with the seed', async () => {
    const { emulator } = await startEmulator({ seed: LIVE })
    const { id } = await emulator.control.createWorld({ from: 'seed' })

    expect(await statesOf({ control: emulator.controlOf(id) })).toEqual(LOST_ALL)
  })
})

describe('a verb for a real connector', () => {
  const address = { account_id: ACCOUNT, tunnel_id: TUNNEL, connector_id: CONNECTOR }
  const STOP_IT = `connector ${CONNECTOR} is a real cloudflared: stop it itself`
  const start = async () => (await startEmulator({ seed: SEED })).emulator.control

  it.each<[string, (control: Control) => Promise<unknown>, string]>([
    ['disconnectConnector', control => control.disconnectConnector(address), STOP_IT],
    [
      'disconnectConnector without graceful, if it is not connected,',
      control => control.disconnectConnector({ ...address, graceful: false }),
      `connector ${CONNECTOR} is not connected`,
    ],
    ['drainConnector', control => control.drainConnector(address), STOP_IT],
    ['reconnectConnector', control => control.reconnectConnector(address), STOP_IT],
    [
      'flapConnector, if it is not connected,',
      control => control.flapConnector(address),
      `connector ${CONNECTOR} is not connected`,
    ],
    [
      'pushLocalConfiguration',
      control => control.pushLocalConfiguration({ ...address, config: { ingress: [] } }),
      STOP_IT,
    ],
    [
      'changeConnector with reconnects',
      control => control.changeConnector({ ...address, reconnects: true }),
      `connector ${CONNECTOR} is a real cloudflared, which reconnects by itself`,
    ],
  ])('%s is refused', async (_, act, message) => {
    await expect(act(await start())).rejects.toMatchObject({ code: 'refused', message })
  })

  it('changeConnector changes the time until the edge sends it a configuration', async () => {
    const control = await start()

    expect(await control.changeConnector({ ...address, config_delay_ms: null })).toMatchObject({
      kind: 'real',
      reconnects: false,
      config_delay_ms: null,
      config_version: null,
    })
  })
})

describe('a connector in a state', () => {
  it.each([
    [
      'with an index, if it is simulated,',
      { connections: [{}, { index: 1 }] },
      'connections[1].index: only a real connector has it',
    ],
    [
      'that reconnects, if it is real,',
      { kind: 'real' as const, reconnects: true },
      'reconnects: a real connector decides that itself',
    ],
  ])('%s is refused', async (_, connector, message) => {
    const { emulator } = await startEmulator()
    const [state] = seedOf({ id: TUNNEL, name: 'blog', connectors: [connector] })

    await expect(emulator.control.putState(state ?? {})).rejects.toThrow(`tunnels[0].connectors[0].${message}`)
  })
})
