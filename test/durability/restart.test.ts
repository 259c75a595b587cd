/** Simulated connectors after their server stopped and another started on the same file. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { serve, temporary } from '../support/command.ts'
import { ACCOUNT } from '../support/emulator.ts'

const START = '2026-01-01T00:00:00Z'
function at(time: string): string {
  return `2026-01-01T${time}.000000Z`
}

/** Starts a server on a file, with a frozen clock. */
async function startAt(db: string, clock: string) {
  const emulator = await createEmulator({ db, clock, listen: false })
  onTestFinished(() => emulator.close())
  const { control, close } = emulator
  const api = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => {
    const response = await emulator.inject({
      method,
      url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel${path}`,
      headers: { authorization: 'Bearer token' },
      ...(body && { payload: body }),
    })
    return response.json().result
  }
  return { control, close, api }
}

/** Runs a server with one connected tunnel on a file, and stops it after ten minutes. */
async function runAndStop() {
  const db = temporary('data.db')
  const { control, close, api } = await startAt(db, START)
  const { id } = await api('POST', '', { name: 'blog' })
  await control.connectConnector({ account_id: ACCOUNT, tunnel_id: id })
  await control.moveClock({ advance: '10m' })
  await close()
  return { db, id }
}

describe('connectors of a stopped server', () => {
  it('are pending since the server stopped', async () => {
    const { db, id } = await runAndStop()
    const { control, api } = await startAt(db, at('00:12:00'))

    expect(await api('GET', `/${id}`)).toMatchObject({ status: 'down', conns_inactive_at: at('00:10:00') })
    const [client] = await api('GET', `/${id}/connections`)
    expect(
      client.conns.map((connection: { is_pending_reconnect: boolean }) => connection.is_pending_reconnect),
    ).toEqual(Array(4).fill(true))
    const [{ connections = [] } = {}] = await control.listConnectors({ account_id: ACCOUNT, tunnel_id: id })
    expect(connections.map(({ state, lost_at }) => [state, lost_at])).toEqual(
      Array(4).fill(['pending', at('00:10:00')]),
    )
  })

  it('expire after the reconnect window, with events', async () => {
    const { db, id } = await runAndStop()
    const { control, api } = await startAt(db, at('00:12:00'))

    const { happened } = await control.moveClock({ advance: '3m' })
    expect(happened.map(({ type, at }) => [type, at])).toEqual(Array(4).fill(['connection_expired', at('00:15:00')]))
    expect(await api('GET', `/${id}/connections`)).toEqual([])
  })

  it('are gone if the next server starts after the reconnect window', async () => {
    const { db, id } = await runAndStop()
    const { api } = await startAt(db, at('00:15:00'))

    expect(await api('GET', `/${id}/connections`)).toEqual([])
    expect(await api('GET', `/${id}`)).toMatchObject({ status: 'down', conns_inactive_at: at('00:10:00') })
  })

  it('can reconnect under their ids', async () => {
    const { db, id } = await runAndStop()
    const { control, api } = await startAt(db, at('00:12:00'))
    const [{ id: connector_id }] = await api('GET', `/${id}/connections`)
    await control.reconnectConnector({ account_id: ACCOUNT, tunnel_id: id, connector_id })

    expect(await api('GET', `/${id}`)).toMatchObject({ status: 'healthy', conns_active_at: at('00:12:00') })
  })

  it('keep an earlier time of loss', async () => {
    const db = temporary('data.db')
    const first = await startAt(db, START)
    const { id } = await first.api('POST', '', { name: 'blog' })
    const address = { account_id: ACCOUNT, tunnel_id: id }
    const { id: connector_id } = await first.control.connectConnector(address)
    await first.control.disconnectConnector({ ...address, connector_id, graceful: false })
    await first.control.moveClock({ advance: '4m' })
    await first.close()
    const { api } = await startAt(db, at('00:05:30'))

    expect(await api('GET', `/${id}/connections`)).toEqual([])
    expect(await api('GET', `/${id}`)).toMatchObject({ conns_inactive_at: at('00:00:00') })
  })
})

describe('connectors of a killed server', () => {
  const killedAt = async (advance: string) => {
    const db = temporary('data.db')
    const { api, control, stop } = await serve(['--db', db, '--clock', START])
    const { json } = await api('POST', '', { name: 'blog' })
    const { id } = (json as { result: { id: string } }).result
    await control('POST', `/accounts/${ACCOUNT}/tunnels/${id}/connectors`, {})
    await control('POST', '/clock', { advance })
    await api('GET', '')
    await stop('SIGKILL')
    return { db, id }
  }

  it('are pending since its last response', async () => {
    const { db, id } = await killedAt('10m')
    const { api, control } = await startAt(db, at('00:12:00'))

    expect(await api('GET', `/${id}`)).toMatchObject({ status: 'down', conns_inactive_at: at('00:10:00') })
    expect(await api('GET', `/${id}/connections`)).toHaveLength(1)
    await control.moveClock({ advance: '3m' })
    expect(await api('GET', `/${id}/connections`)).toEqual([])
  })

  it('are not lost before they connected, although the heartbeat has a precision of a second', async () => {
    const db = temporary('data.db')
    const { api, control, stop } = await serve(['--db', db])
    const { json } = await api('POST', '', { name: 'blog' })
    const { id } = (json as { result: { id: string } }).result
    await control('POST', `/accounts/${ACCOUNT}/tunnels/${id}/connectors`, {})
    await stop('SIGKILL')

    const emulator = await createEmulator({ db, listen: false })
    onTestFinished(() => emulator.close())
    const [{ connections = [] } = {}] = await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: id })
    expect(connections.map(({ state }) => state)).toEqual(Array(4).fill('pending'))
    for (const { opened_at, lost_at } of connections) expect(lost_at && lost_at >= opened_at).toBe(true)
  })
})

describe('a world created from "current"', () => {
  it('can copy a main world in a file', async () => {
    const { control, api } = await startAt(temporary('data.db'), START)
    await api('POST', '', { name: 'blog' })
    const { id } = await control.createWorld({ from: 'current' })

    expect((await control.listWorlds()).map(world => world.id)).toContain(id)
  })
})
