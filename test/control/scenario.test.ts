import { describe, expect, it } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { WorldEvent } from '../../schemas/control/event.ts'
import type { ScenarioStep } from '../../schemas/state.ts'
import { ACCOUNT, SECRET, seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const CONNECTOR = '00000000-0000-4000-9000-00000000000a'

type Happens = ScenarioStep['happens']

function step(after: string, happens: Happens): ScenarioStep {
  return {
    after,
    account_id: ACCOUNT,
    tunnel_id: TUNNEL,
    connector_id: CONNECTOR,
    happens,
  }
}

/** A tunnel with one connector, and a scenario with these steps. */
async function startScenario(...scenario: readonly ScenarioStep[]) {
  const [state] = seedOf({ id: TUNNEL, name: 'blog', connectors: [{ id: CONNECTOR }] })
  const started = await startFrozen({ seed: [{ ...state, scenario: [...scenario] }] })
  const { control, api } = started

  return {
    ...started,
    advance: async (advance: string) => (await control.moveClock({ advance })).happened,
    /** How many connections are live, and how many are pending. */
    counts: async () => {
      const { result } = await api<Client[]>('GET', `/${TUNNEL}/connections`)
      const pending = result.flatMap(({ conns }) => conns.map(conn => conn.is_pending_reconnect))
      return [pending.filter(is => !is).length, pending.filter(is => is).length]
    },
  }
}

describe('a scenario', () => {
  it('runs its steps on the clock: lost, back, drained', async () => {
    const { advance, counts } = await startScenario(step('30s', 'lost'), step('90s', 'back'), step('2m', 'drained'))

    await advance('29s')
    expect(await counts()).toEqual([4, 0])
    await advance('1s')
    expect(await counts()).toEqual([0, 4])
    await advance('1m')
    expect(await counts()).toEqual([4, 0])
    await advance('31s')
    expect(await counts()).toEqual([2, 0])
    await advance('2s')
    expect(await counts()).toEqual([0, 0])
  })

  it('runs every step in order, however far the clock jumps', async () => {
    const { advance } = await startScenario(step('90s', 'back'), step('30s', 'lost'), step('10m', 'stopped'))
    const happened = await advance('1h')

    const each = (at: string, type: string) => Array(4).fill(`${at} ${type}`)
    expect(happened.map(({ at, type }) => `${at.slice(14, 19)} ${type}`)).toEqual([
      ...each('00:30', 'connection_lost'),
      '00:30 tunnel_status_changed',
      ...each('01:30', 'connection_opened'),
      '01:30 tunnel_status_changed',
      ...each('10:00', 'connection_closed'),
      '10:00 tunnel_status_changed',
    ])
  })

  it('lets lost connections expire by themselves', async () => {
    const { advance, counts } = await startScenario(step('30s', 'lost'))
    await advance('30s')

    expect((await advance('5m')).map(({ at, type }) => `${at.slice(14, 19)} ${type}`)).toEqual(
      Array(4).fill('05:30 connection_expired'),
    )
    expect(await counts()).toEqual([0, 0])
  })

  it('is next due at the time of its next step', async () => {
    const { control } = await startScenario(step('90s', 'back'), step('30s', 'lost'))

    expect((await control.getClock()).next_due).toBe('2026-01-01T00:00:30.000000Z')
  })

  it('accepts ids in upper and lower case', async () => {
    const { advance, counts } = await startScenario({
      ...step('30s', 'lost'),
      account_id: ACCOUNT.toUpperCase(),
      connector_id: CONNECTOR.toUpperCase(),
    })
    await advance('30s')

    expect(await counts()).toEqual([0, 4])
  })

  it.each<Happens>(['lost', 'stopped', 'drained', 'back'])(
    'skips the step %s when its tunnel is gone',
    async happens => {
      const { api, advance } = await startScenario(step('30s', happens))
      await api('DELETE', `/${TUNNEL}?cascade=true`)

      expect((await advance('1m')).filter(({ type }) => type !== 'reconnect_refused')).toEqual([])
    },
  )

  it.each<Happens>(['lost', 'stopped', 'drained', 'back'])(
    'skips the step %s when its connector never existed',
    async happens => {
      const { advance, counts } = await startScenario(
        { ...step('10s', happens), tunnel_id: UNKNOWN_ID },
        { ...step('20s', happens), connector_id: UNKNOWN_ID },
      )

      expect(await advance('1m')).toEqual([])
      expect(await counts()).toEqual([4, 0])
    },
  )

  it('skips the step back when its connector is connected', async () => {
    const { advance, counts } = await startScenario(step('30s', 'back'))

    expect(await advance('1m')).toEqual([])
    expect(await counts()).toEqual([4, 0])
  })

  it('records an event when a connector is refused', async () => {
    const { api, advance } = await startScenario(step('30s', 'stopped'), step('60s', 'back'))
    await api('PATCH', `/${TUNNEL}`, { tunnel_secret: SECRET })
    await advance('30s')

    expect(await advance('30s')).toMatchObject([
      { type: 'reconnect_refused', connector_id: CONNECTOR, reason: 'Unauthorized: Invalid tunnel secret' },
    ])
  })
})

describe('a step with an interval', () => {
  const every = (interval: string, ...given: Parameters<typeof step>) => ({ ...step(...given), every: interval })
  const losses = (happened: readonly WorldEvent[]) => happened.filter(({ type }) => type === 'connection_lost')

  it('happens again and again', async () => {
    const { control, advance, counts } = await startScenario(every('5m', '1m', 'lost'), every('5m', '2m', 'back'))

    for (const [span, seen] of [
      ['1m', [0, 4]],
      ['1m', [4, 0]],
      ['4m', [0, 4]],
      ['1m', [4, 0]],
    ] as const) {
      await advance(span)
      expect(await counts()).toEqual(seen)
    }
    expect(losses(await advance('25m'))).toHaveLength(5 * 4)
    expect((await control.getClock()).next_due).toBe('2026-01-01T00:36:00.000000Z')
    expect((await control.listDue()).map(({ happens }) => happens)).toEqual([
      'connector_loses_connections',
      'connector_reconnects',
    ])
  })

  it('happens at most 100 times more when the clock jumps, and keeps its rhythm', async () => {
    const { control, advance, counts } = await startScenario(every('5m', '1m', 'lost'), every('5m', '2m', 'back'))
    const lost = losses(await advance('366d'))

    expect(lost).toHaveLength(101 * 4)
    expect(lost.slice(-404, -400).map(({ at }) => at)).toEqual(Array(4).fill('2026-01-01T00:01:00.000000Z'))
    expect(lost.at(-1)?.at).toBe('2027-01-01T23:56:00.000000Z')
    expect(await counts()).toEqual([4, 0])
    expect((await control.getClock()).next_due).toBe('2027-01-02T00:01:00.000000Z')
  })

  it('ends with the last time that there is', async () => {
    const { control } = await startScenario(every('1s', '1s', 'lost'))
    await control.moveClock({ set: '9999-12-31T23:59:59.999999Z' })

    expect((await control.getClock()).next_due).toBeNull()
  })

  it.each([
    ['0', 'state: scenario[0].every: is shorter than one second'],
    ['999ms', 'state: scenario[0].every: is shorter than one second'],
    ['soon', 'scenario[0].every: "soon" is not a duration; use 90s, 5m or 1h30m'],
  ])('of %s is refused', async (interval, message) => {
    const { control } = await startScenario()

    await expect(control.putState({ scenario: [every(interval, '1m', 'lost')] })).rejects.toThrow(message)
  })
})

describe('the seed demo', () => {
  it('has something due at any time, and its connectors come back where they were', async () => {
    const { control } = await startFrozen({ seed: ['demo'] })
    /** Where the live connections are, and where they come from. */
    const places = async () => {
      const connectors = ((await control.getState()).tunnels ?? []).flatMap(tunnel => tunnel.connectors ?? [])
      const live = connectors.flatMap(({ id, connections = [] }) =>
        connections.flatMap(({ lost_at, closed_at, colo_name, origin_ip }) =>
          lost_at || closed_at ? [] : [`${id} ${colo_name} ${origin_ip}`],
        ),
      )
      return live.toSorted()
    }
    const before = await places()
    await control.moveClock({ advance: '61s' })
    expect((await places()).length).toBeLessThan(before.length)
    await control.moveClock({ advance: '90s' })

    expect(await places()).toEqual(before)
    await control.moveClock({ advance: '7d' })
    expect((await control.listDue()).map(({ happens }) => happens)).toContain('connector_loses_connections')
  })
})

describe('a reset', () => {
  const happenings = async (started: Awaited<ReturnType<typeof startScenario>>) =>
    (await started.advance('1h')).map(({ at, type }) => `${at.slice(11, 19)} ${type}`)

  it('to empty removes the steps of a scenario', async () => {
    const started = await startScenario(step('30s', 'lost'), step('90s', 'drained'))
    await started.advance('1m')
    await started.control.reset({ to: 'empty' })

    expect((await started.control.getClock()).next_due).toBeNull()
    expect(await happenings(started)).toEqual([])
  })

  it('to the seed runs the scenario again, once', async () => {
    const started = await startScenario(step('30s', 'lost'), step('90s', 'back'))
    const first = await happenings(started)
    await started.control.reset()

    expect(await happenings(started)).toEqual(first)
  })

  it('to a snapshot continues the scenario where the snapshot was saved', async () => {
    const repeated = { ...step('30s', 'lost'), every: '2m' }
    const started = await startScenario(repeated, { ...step('90s', 'back'), every: '2m' }, step('3m', 'drained'))
    const { control, advance } = started
    await advance('45s')
    await control.saveSnapshot({ name: 'lost' })
    const later = async () => (await advance('10m')).map(({ at, type }) => `${at} ${type}`)
    const first = await later()
    await control.restoreSnapshot({ name: 'lost' })

    expect((await control.listDue()).map(({ at, happens }) => `${at.slice(14, 19)} ${happens}`)).toEqual([
      '01:30 connector_reconnects',
      '02:30 connector_loses_connections',
      '03:00 connector_drains',
      '05:30 connections_expire',
    ])
    expect(await later()).toEqual(first)
  })

  it('to the state of a snapshot continues the scenario too', async () => {
    const { control, advance } = await startScenario(step('30s', 'lost'), step('90s', 'back'))
    await advance('45s')
    await control.saveSnapshot({ name: 'lost' })
    const { state } = await control.getSnapshot({ name: 'lost' })
    expect(state.scenario).toEqual([step('45000000us', 'back')])

    await control.reset({ to: 'empty' })
    await control.putState(state)
    expect((await control.listDue()).map(({ happens }) => happens)).toContain('connector_reconnects')
  })

  it('removes drains, flaps, delays and expiries', async () => {
    const started = await startScenario()
    const { control } = started
    const address = { account_id: ACCOUNT, tunnel_id: TUNNEL }
    await control.saveSnapshot({ name: 'calm' })
    const [lost, drained] = [await control.connectConnector(address), await control.connectConnector(address)]
    await control.disconnectConnector({ ...address, connector_id: lost.id, graceful: false })
    await control.drainConnector({ ...address, connector_id: drained.id })
    await control.flapConnector({ ...address, connector_id: CONNECTOR })
    await control.restoreSnapshot({ name: 'calm' })

    expect(await happenings(started)).toEqual([])
    expect(await started.counts()).toEqual([4, 0])
  })
})
