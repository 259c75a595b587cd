/** What ends a connection of a connector, and what does not. */
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { connect } from 'node:tls'
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import { bootstrapFrame } from '../support/edge/rpc-client.ts'
import { startEdge } from '../support/edge/start-edge.ts'

const until = (socket: NodeJS.EventEmitter) => once(socket, 'close')

describe('a connection without a registration', () => {
  it('is served a control stream as soon as TLS is there', { tags: ['edge_control_stream'] }, async () => {
    const edge = await startEdge()
    const connector = await edge.connectorOf(await edge.createTunnel())
    const connection = await connector.open(0)
    const { details } = await connection.register(connector.registration(0))
    expect(details?.location).toBe('dfw08')
    await connection.kill()
  })

  it('ends when it says something that is no registration', async () => {
    const edge = await startEdge()
    const connector = await edge.connectorOf(await edge.createTunnel())
    const connection = await connector.open(0)
    const control = await connection.controlStream()
    control.write(Buffer.concat([bootstrapFrame(), Buffer.alloc(64, 0xff)]))
    await connection.closed
  })

  it.each(['probe.cftunnel.com', 'h2.cftunnel.com'])('with the name %s may end at once', async servername => {
    const { port, ca, emulator } = await startEdge()
    const socket = connect({ host: '127.0.0.1', port, ca, servername })
    await once(socket, 'secureConnect')
    socket.destroy()
    await until(socket)
    expect((await emulator.control.getInfo()).edge?.connections).toBe(0)
  })

  it('ends if it speaks no TLS, and others are still served', async () => {
    const edge = await startEdge()
    const socket = connectTcp(edge.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\n\r\n')
    await until(socket)

    const connector = await edge.connectorOf(await edge.createTunnel())
    await connector.connect()
    expect((await edge.emulator.control.getInfo()).edge?.connections).toBe(1)
  })
})

describe('a connection that stops answering', () => {
  it('ends after missed pings, and its row is pending', async () => {
    const edge = await startEdge({ edge_heartbeat: '10ms' })
    const tunnel = await edge.createTunnel()
    const connector = await edge.connectorOf(tunnel)
    const connection = await connector.connect()
    connection.freeze()

    await vi.waitFor(
      async () => {
        const { result } = await edge.get<Client[]>(`/${tunnel.id}/connections`)
        expect(result[0]?.conns[0]?.is_pending_reconnect).toBe(true)
      },
      { timeout: 10_000 },
    )
    connection.thaw()
    await connection.closed
  })
})

describe('an emulator that closes', () => {
  it('ends all connections at once', async () => {
    const edge = await startEdge()
    const connector = await edge.connectorOf(await edge.createTunnel())
    const connections = await connector.connectAll()
    const started = performance.now()
    await edge.emulator.close()
    expect(performance.now() - started).toBeLessThan(1_000)
    await Promise.all(connections.map(connection => connection.closed))
  })
})
