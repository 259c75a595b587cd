/** What breaks one connection does not break the edge: others go on, and new ones register. */
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { connect, type TLSSocket } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import { attack, attackSession, expectNothingLeft, settled } from '../support/edge/attack.ts'
import { callOf, worldWith } from '../support/edge/in-process.ts'
import { registerFrame } from '../support/edge/rpc-client.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { startSessions } from '../support/edge/start-sessions.ts'
import { open, talk } from '../support/socket.ts'
import { VECTORS } from './vectors.ts'

async function start() {
  const edge = await startEdge()
  const tunnel = await edge.createTunnel()
  const connector = await edge.connectorOf(tunnel)
  const connections = async () =>
    (await edge.get<readonly Client[]>(`/${tunnel.id}/connections`)).result.flatMap(({ conns }) => conns)
  return {
    ...edge,
    connector,
    connections,
    /** A connection is registered now, and shown by the API. */
    expectToServe: async () => {
      const connection = await connector.connect()
      expect((await connections()).filter(({ is_pending_reconnect }) => !is_pending_reconnect)).toHaveLength(
        connector.connections.length,
      )
      await settled(connection)
    },
  }
}

async function secureSocket({ port, ca }: { port: number; ca: string }, options: object): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, ca, servername: 'h2.cftunnel.com', ...options })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}

describe('a client of the edge port', () => {
  it('that speaks HTTP without TLS is disconnected', async () => {
    const edge = await start()
    await talk(edge.port, 'GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n')
    await edge.expectToServe()
  })

  it('that speaks HTTP/1.1 within TLS is disconnected', async () => {
    const edge = await start()
    const socket = await secureSocket(edge, {})
    socket.write('GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\n')
    await once(socket.resume(), 'close')
    await edge.expectToServe()
  })

  it('that disconnects within the TLS handshake is forgotten', async () => {
    const edge = await start()
    const socket = await open(edge.port)
    // The beginning of a record that is much longer.
    socket.write(Buffer.from('160301020001', 'hex'))
    socket.resetAndDestroy()
    await edge.expectToServe()
  })

  it('that only checks whether it can connect gets no HTTP/2', async () => {
    const edge = await start()
    const socket = await secureSocket(edge, { servername: 'probe.cftunnel.com' })
    const received = text(socket)
    await edge.expectToServe()
    socket.end()
    expect(await received).toBe('')
  })

  it.each([
    ['another name than that of cloudflared', { servername: 'other.example.com' }],
    ['no name', { servername: '' }],
    ['ALPN', { ALPNProtocols: ['h2', 'http/1.1'] }],
  ])('that sends %s gets the preface of HTTP/2', async (_what, options) => {
    const edge = await start()
    const socket = await secureSocket(edge, { checkServerIdentity: () => undefined, ...options })
    const [first] = await once(socket, 'data')
    expect(first.toString('latin1')).toMatch(/^PRI \* HTTP\/2\.0/)
  })
})

describe('a connection that breaks the protocol', () => {
  it('is lost, and the others of its connector stay', async () => {
    const edge = await start()
    const [first] = await edge.connector.connectAll(2)
    const control = await first?.controlStream()
    control?.write(Buffer.alloc(64, 0xff))
    await first?.closed
    await vi.waitFor(async () =>
      expect((await edge.connections()).map(({ is_pending_reconnect }) => is_pending_reconnect).toSorted()).toEqual([
        false,
        true,
      ]),
    )
    await edge.expectToServe()
  })

  it('ends when it does not read what the edge answers', async () => {
    const sessions = await startSessions(worldWith())
    const connection = await sessions.open()
    const control = await connection.controlStream()
    control.pause()
    const questions = Buffer.concat(Array<Buffer>(10_000).fill(VECTORS.bootstrap))
    for (let round = 0; round < 50 && !control.destroyed; round++)
      await new Promise(resolve => control.write(questions, resolve))
    await connection.closed
    expect(sessions.lines).toEqual([expect.stringMatching('it does not read the answers to its calls$')])
  })
})

describe('hostile connectors', () => {
  it('end their own sessions only, and leave nothing', async () => {
    const world = worldWith()
    const sessions = await startSessions(world)
    for (const one of fc.sample(attack, { numRuns: 200, seed: 1 })) await attackSession(sessions, one)
    await expectNothingLeft(sessions, world)
  })

  it('leave nothing wherever their first frames are cut', async () => {
    const world = worldWith()
    const sessions = await startSessions(world)
    const frames = Buffer.concat([VECTORS.bootstrap, registerFrame(1, callOf())])
    for (let cut = 0; cut <= frames.length; cut += 5) {
      const connection = await sessions.open()
      const control = await connection.controlStream()
      control.write(frames.subarray(0, cut))
      await settled(connection)
      await connection.kill()
    }
    await expectNothingLeft(sessions, world)
  })

  it('leave nothing when bytes of HTTP/2 change on their way', async () => {
    const world = worldWith()
    const sessions = await startSessions(world)
    for (let at = 0; at < 900; at += 9) {
      let passed = 0
      const connection = await sessions.openNoisy(bytes => {
        const place = at - passed
        passed += bytes.length
        if (place >= 0 && place < bytes.length) bytes[place] = (bytes[place] ?? 0) ^ (1 << (at % 8))
        return bytes
      })
      await Promise.race([connection.register(callOf()).catch(() => undefined), settled(connection)])
      await connection.kill()
    }
    await vi.waitFor(() => expect(sessions.sessions.size).toBe(0))
  })
})
