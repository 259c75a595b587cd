import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`

async function start() {
  const emulator = await createEmulator({ listen: false, world_idle: '10m' })
  onTestFinished(() => emulator.close())
  const { control } = emulator
  const listed = async (id: string) => (await control.listWorlds()).find(world => world.id === id)
  return { emulator, control, listed }
}

/** The seconds from one time to the other. */
function seconds(from: string | null | undefined, to: string | null | undefined): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1_000
}

describe('the list of worlds over HTTP', () => {
  it('says in a header how full the server is, without the main world', async () => {
    const { emulator, control } = await startFrozen({ max_worlds: 7 })
    const full = async () => (await emulator.inject({ url: '/_mockflared/worlds' })).headers['mockflared-worlds']
    expect(await full()).toBe('0/7')
    const { id } = await control.createWorld()
    expect(await full()).toBe('1/7')
    expect(await control.getInfo()).toMatchObject({ worlds: 1, limits: { max_worlds: 7 } })

    await control.deleteWorld({ id })
    expect(await full()).toBe('0/7')
  })
})

describe('listWorlds', () => {
  it('says where a world comes from, when it was used and when it will be deleted', async () => {
    const { control, listed } = await start()
    const { id } = await control.createWorld({ from: 'current' })

    const world = await listed(id)
    expect(world).toMatchObject({ from: 'current', frozen: false })
    expect(seconds(world?.created_at, world?.last_used_at)).toBeCloseTo(0, 0)
    expect(seconds(world?.last_used_at, world?.dropped_at)).toBe(600)
    expect(await listed('main')).toMatchObject({ from: 'empty', dropped_at: null })
  })

  it('keeps the origin of a world that is reset', async () => {
    const { emulator, control, listed } = await start()
    const created = await control.createWorld({ from: 'empty' })
    await emulator.controlOf(created.id).reset({ to: 'seed' })

    expect(await listed(created.id)).toMatchObject({ from: 'empty', created_at: created.created_at })
  })

  it('counts the tunnels by status, the requests and the faults that can still apply', async () => {
    const { emulator, control } = await startFrozen({ seed: ['every-status'] })
    const statuses = (await control.listTunnels()).map(({ status }) => status)
    const numberOf = (wanted: string) => statuses.filter(status => status === wanted).length
    await emulator.inject({ url: TUNNELS, headers: { authorization: 'Bearer token' } })
    await control.addFault({ effect: { latency: { ms: 1 } } })
    await control.addFault({ effect: { latency: { ms: 1 } }, ttl: '1s' })
    await control.moveClock({ advance: '1s' })

    expect(await control.listWorlds()).toMatchObject([
      {
        frozen: true,
        statuses: {
          inactive: numberOf('inactive'),
          degraded: numberOf('degraded'),
          healthy: numberOf('healthy'),
          down: numberOf('down'),
        },
        requests: 1,
        faults: 1,
        created_at: null,
        last_used_at: null,
        dropped_at: null,
      },
    ])
    expect(new Set(statuses).size).toBe(4)
  })
})
