import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../schemas/configuration.ts'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { startTunnel } from '../support/frozen-emulator.ts'

const INGRESS = (nth: number) => ({ config: { ingress: [{ service: `http_status:${400 + nth}` }] } })

async function start(options: EmulatorOptions = {}) {
  const started = await startTunnel(options)
  const { api, control, address, tunnel, connect } = started
  return {
    ...started,
    put: async (count: number) => {
      for (let nth = 0; nth < count; nth += 1) await api('PUT', `/${tunnel.id}/configurations`, INGRESS(nth))
    },
    versions: async () => (await control.listConfigurations(address)).map(({ version }) => version),
    /** Connects a connector that stays with the version that is the latest now. */
    connectAndStay: async () => {
      const { id } = await connect()
      await control.changeConnector({ ...address, connector_id: id, config_delay_ms: null })
      return id
    },
    latest: async () => (await api<Configuration>('GET', `/${tunnel.id}/configurations`)).result,
  }
}

describe('keep_configurations', () => {
  it('keeps the latest versions, and their numbers continue', async () => {
    const { put, versions, latest } = await start({ keep_configurations: 2 })
    await put(5)

    expect(await versions()).toEqual([4, 5])
    expect(await latest()).toMatchObject({ version: 5, config: INGRESS(4).config })
    await put(1)
    expect(await versions()).toEqual([5, 6])
  })

  it('keeps all versions by default', async () => {
    const { put, versions } = await start()
    await put(5)

    expect(await versions()).toEqual([1, 2, 3, 4, 5])
  })

  it('keeps a version while a connector runs it or may come back with it', async () => {
    const { put, versions, connectAndStay, control, address } = await start({ keep_configurations: 1 })
    await put(1)
    const id = await connectAndStay()
    await put(4)
    expect(await versions()).toEqual([1, 5])

    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })
    await put(1)
    expect(await versions()).toEqual([1, 6])

    await control.moveClock({ advance: '1h' })
    await put(1)
    expect(await versions()).toEqual([7])
  })

  it('keeps each version that one of several connectors runs', async () => {
    const { put, versions, connectAndStay } = await start({ keep_configurations: 1 })
    for (let nth = 0; nth < 3; nth += 1) {
      await put(1)
      await connectAndStay()
    }
    await put(3)

    expect(await versions()).toEqual([1, 2, 3, 6])
  })

  it('compares a version with the one before it that is kept', async () => {
    const { put, control, address } = await start({ keep_configurations: 2 })
    await put(3)
    const [oldest, latest] = await control.listConfigurations(address)

    expect(oldest?.changes.length).toBeGreaterThan(0)
    expect(latest?.changes).toEqual([
      { field: 'ingress[0].service', before: 'http_status:401', after: 'http_status:402' },
    ])
  })

  it('leaves other tunnels alone', async () => {
    const { put, api, create, control, address } = await start({ keep_configurations: 1 })
    const other = await create('news')
    await api('PUT', `/${other.id}/configurations`, INGRESS(0))
    await put(3)

    expect(await control.listConfigurations({ ...address, tunnel_id: other.id })).toHaveLength(1)
  })

  it('has a state that can be loaded again, with gaps between its versions', async () => {
    const { put, versions, connectAndStay, control } = await start({ keep_configurations: 1 })
    await put(1)
    await connectAndStay()
    await put(3)
    const state = await control.getState()
    await control.putState(state)

    expect(await versions()).toEqual([1, 4])
    expect(await control.getState()).toEqual(state)
  })

  it('also limits the configurations that a connector of a local tunnel reports', async () => {
    const { control, api, address } = await start({ keep_configurations: 2 })
    const { result } = await api<{ id: string }>('POST', '', { name: 'local', config_src: 'local' })
    const at = { ...address, tunnel_id: result.id }
    const { id } = await control.connectConnector(at)
    for (let nth = 0; nth < 5; nth += 1) {
      await control.pushLocalConfiguration({ ...at, connector_id: id, ...INGRESS(nth) })
    }

    expect((await control.listConfigurations(at)).map(({ version }) => version)).toEqual([3, 4])
  })
})
