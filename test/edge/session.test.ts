/** What ends a connection of a connector, and what its session reports. */
import { connect } from 'node:tls'
import { describe, expect, it, vi } from 'vitest'
import { closed, openSessions } from '../support/edge/open-sessions.ts'
import { bootstrapFrame } from '../support/edge/rpc-client.ts'

const ended = (problem: string) => `edge: connection of 127.0.0.1 ended: ${problem}`

describe('a session', () => {
  it('offers a control stream and reports what happens on it', { tags: ['edge_control_stream'] }, async () => {
    const { connector, reports } = await openSessions()
    const connection = await connector.connect()
    await connection.sendLocalConfiguration({ ingress: [] })
    await connector.stop()
    await vi.waitFor(() => expect(reports).toEqual(['registered', '{"ingress":[]}', 'unregister', 'ended']))
  })

  it('puts the address of its socket into the registration', async () => {
    const calls: string[] = []
    const { connector } = await openSessions({}, async ({ origin_ip, client }) => {
      calls.push(`${origin_ip} ${client.id}`)
      return { cause: 'Unauthorized: Tunnel not found', should_retry: true }
    })
    await expect(connector.connect()).rejects.toThrow('Unauthorized: Tunnel not found')
    expect(calls).toEqual([`127.0.0.1 ${connector.id}`])
  })

  it('reports the loss of a registered connection without a warning', async () => {
    const { connector, reports } = await openSessions()
    const connection = await connector.connect()
    await connection.kill()
    await vi.waitFor(() => expect(reports).toEqual(['registered', 'ended']))
  })
})

describe('the socket of a session ends', () => {
  it('soon after a refusal', { tags: ['edge_refusal'] }, async () => {
    const { connector, reports } = await openSessions({}, async () => ({ cause: 'no', should_retry: false }))
    const connection = await connector.open(0)
    const { refusal } = await connection.register(connector.registration(0))
    await connection.closed
    expect(refusal).toEqual({ cause: 'no', should_retry: false, retry_after_ms: 0 })
    expect(reports).toEqual(['ended'])
  })

  it('if no registration arrives in time', async () => {
    const { connector, reports } = await openSessions({ register_timeout_ms: 50 })
    const connection = await connector.open(0)
    await connection.closed
    await vi.waitFor(() => expect(reports).toEqual([ended('it did not register'), 'ended']))
  })

  it('if pings are not answered', async () => {
    const { connector, reports } = await openSessions({ heartbeat_ms: 10, pong_timeout_ms: 50 })
    const connection = await connector.connect()
    connection.freeze()
    await vi.waitFor(() => expect(reports).toEqual(['registered', ended('it does not answer pings'), 'ended']))
    connection.thaw()
    await connection.closed
  })

  it('if what arrives is no RPC', async () => {
    const { connector, reports } = await openSessions()
    const connection = await connector.open(0)
    const control = await connection.controlStream()
    control.write(Buffer.concat([bootstrapFrame(), Buffer.alloc(64, 0xff)]))
    await connection.closed
    await vi.waitFor(() => expect(reports).toEqual([expect.stringContaining(ended('')), 'ended']))
  })

  it('if its control stream ends', { tags: ['edge_reconnect'] }, async () => {
    const { connector, reports } = await openSessions()
    const connection = await connector.connect()
    const control = await connection.controlStream()
    control.end()
    await connection.closed
    expect(reports).toEqual(['registered', ended('it ended its control stream'), 'ended'])
  })

  it('if it speaks no HTTP/2', async () => {
    const { reports, address } = await openSessions()
    const socket = connect({ ...address, servername: 'h2.cftunnel.com' }).on('error', () => {})
    socket.resume().write('HTTP/1.1 200 OK\r\n\r\n'.repeat(10))
    await closed(socket)
    await vi.waitFor(() => expect(reports).toEqual([expect.stringContaining(ended('')), 'ended']))
  })
})

it('a session answers a registration that fails with an error of RPC', async () => {
  const { connector } = await openSessions({}, async () => {
    throw new Error('broken')
  })
  const connection = await connector.open(0)
  expect((await connection.register(connector.registration(0))).exception).toMatchObject({ reason: 'the edge failed' })
})
