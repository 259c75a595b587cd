/** Real connectors after their server ended and another started on the same file. */
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import { serve, temporary } from '../support/command.ts'
import { FakeConnector } from '../support/edge/fake-connector.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { startEmulator } from '../support/emulator.ts'

const CONFIG = { config: { ingress: [{ service: 'http_status:404' }] } }

/** A server on a new file, and a connector that took its configuration. It is stopped. */
async function runAndStop() {
  const db = temporary('data.db')
  const { emulator, createTunnel, connectorOf, put, get } = await startEdge({ db })
  const tunnel = await createTunnel()
  await put(`/${tunnel.id}/configurations`, CONFIG)
  const connector = await connectorOf(tunnel)
  await connector.connectAll()
  await vi.waitFor(async () => {
    expect((await get<Client[]>(`/${tunnel.id}/connections`)).result).toMatchObject([{ config_version: 1 }])
  })
  await emulator.close()
  return { db, tunnel, id: connector.id }
}

function statesOf(clients: readonly Client[]) {
  return clients.map(({ id, config_version, conns }) => [
    id,
    config_version,
    ...conns.map(({ is_pending_reconnect }) => is_pending_reconnect),
  ])
}

describe('a real connector of a server that stopped', () => {
  it('is pending in the next server, and replaces its connections when it connects', async () => {
    const { db, tunnel, id } = await runAndStop()
    const { get, connectorOf } = await startEdge({ db })
    const clients = async () => statesOf((await get<Client[]>(`/${tunnel.id}/connections`)).result)
    expect(await clients()).toEqual([[id, 1, true, true, true, true]])

    const connector = await connectorOf(tunnel, { id })
    await connector.connectAll()
    expect(await clients()).toEqual([[id, 1, false, false, false, false]])
  })

  it('is pending in the next server without an edge', async () => {
    const { db, tunnel, id } = await runAndStop()
    const { get } = await startEmulator({ db })

    const { result } = await get<Client[]>(`/${tunnel.id}/connections`)
    expect(statesOf(result)).toEqual([[id, 1, true, true, true, true]])
  })
})

describe('a real connector of a server that was killed', () => {
  it('is pending in the next server, and replaces its connections when it connects', async () => {
    const args = ['--edge-port', '0', '--db', temporary('data.db')]
    const before = await startServer(args)
    const tunnel = (await before.api('POST', '', { name: 'shop', config_src: 'cloudflare' })).json as Created
    const { token } = tunnel.result
    const connector = new FakeConnector({ ...(await before.edge()), token })
    await connector.connectAll()
    const ended = connector.connections.map(({ closed }) => closed)
    await before.stop('SIGKILL')
    await Promise.all(ended)

    const after = await startServer(args)
    const clients = async () => {
      const { json } = await after.api('GET', `/${tunnel.result.id}/connections`)
      return statesOf((json as { result: Client[] }).result)
    }
    expect(await clients()).toEqual([[connector.id, undefined, true, true, true, true]])
    const again = new FakeConnector({ ...(await after.edge()), token, id: connector.id })
    await again.connectAll()
    expect(await clients()).toEqual([[connector.id, undefined, false, false, false, false]])
  })
})

interface Created {
  readonly result: { readonly id: string; readonly token: string }
}

async function startServer(args: readonly string[]) {
  const server = await serve(args)
  return {
    ...server,
    /** Where its edge is. */
    edge: async () => {
      const { json } = await server.control('GET', '/edge')
      const { address, ca_path } = json as { address: string; ca_path: string }
      return { port: Number(address.split(':').at(-1)), ca: readFileSync(ca_path, 'utf8') }
    },
  }
}
