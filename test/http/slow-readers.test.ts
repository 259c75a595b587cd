/** Clients that do not read their responses, on a real port. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Events } from '../../src/world/events.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'
import { startWithShortTimeouts } from '../support/short-timeouts.ts'
import { open, responsesIn, talk } from '../support/socket.ts'

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const HEADERS = 'Host: localhost\r\nAuthorization: Bearer t\r\n'
const GET_EVENTS = `GET /_mockflared/events HTTP/1.1\r\n${HEADERS}`

const AT = '2026-01-01T00:00:00.000000Z'

/** More than the buffers of a connection in the kernel hold. */
const COUNT = 150
const SIZE = 100_000

function emitMany(events: Events): void {
  for (let nth = 0; nth < COUNT; nth += 1) {
    events.emit({ at: AT, type: 'request', reason: 'x'.repeat(SIZE) })
  }
}

/** The side of the server of the next connection. */
function nextAccepted(): Promise<Socket> {
  const channel = 'net.server.socket'
  return new Promise(resolve => {
    subscribe(channel, function accept(message) {
      unsubscribe(channel, accept)
      resolve((message as { socket: Socket }).socket)
    })
  })
}

/** Sends a request, and reads nothing until the server closes the connection. */
async function stall(port: number, request: string): Promise<Socket> {
  const accepted = nextAccepted()
  const socket = await open(port)
  socket.write(request)
  await once(await accepted, 'close')
  return socket
}

/** The ids of complete events. */
function idsIn(stream: string): number[] {
  const complete = stream.slice(0, stream.lastIndexOf('\n\n'))
  return [...complete.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
}

/** Reads until the server ends the stream, or sends the text. */
async function readUntil(socket: Socket, end: string): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of socket) {
    chunks.push(chunk)
    if (Buffer.concat(chunks.slice(-2)).includes(end)) break
  }
  return Buffer.concat(chunks).toString()
}

describe('a client that reads nothing', () => {
  it('of a large response is disconnected', async () => {
    const { port, worlds } = await startWithShortTimeouts()
    emitMany(worlds.main().events)
    const socket = await stall(port, `${GET_EVENTS}\r\n`)

    expect((await text(socket)).length).toBeLessThan(COUNT * SIZE)
  })

  it('of an event stream is disconnected, and continues without gaps or repeats', async () => {
    const { port, worlds } = await startWithShortTimeouts()
    const { events } = worlds.main()
    const stream = (lastId: number) => `${GET_EVENTS}Accept: text/event-stream\r\nLast-Event-ID: ${lastId}\r\n\r\n`
    emitMany(events)
    const ids = idsIn(await text(await stall(port, stream(0))))
    expect(ids.length).toBeLessThan(COUNT)

    events.emit({ at: AT, type: 'world_reset' })
    while (ids.length < COUNT) {
      const socket = await open(port)
      socket.write(stream(ids.length))
      ids.push(...idsIn(await readUntil(socket, `id: ${COUNT + 1}\n`)))
    }
    expect(ids).toEqual(ids.map((_id, index) => index + 1))
  })

  it('does not delay the end of the server', async () => {
    const { port, worlds, close } = await startWithShortTimeouts()
    emitMany(worlds.main().events)
    const socket = await open(port)
    socket.write(`${GET_EVENTS}\r\n`)
    await once(socket, 'readable')

    await close()
    expect((await text(socket)).length).toBeLessThan(COUNT * SIZE)
  })
})

describe('a connection without unsent bytes stays open', () => {
  it('while a fault delays the response', async () => {
    const { port, worlds } = await startWithShortTimeouts()
    const { faults, clock } = worlds.main()
    faults.add({ effect: { latency: { ms: 300 } } }, clock.now())
    const received = await talk(port, `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}Connection: close\r\n\r\n`)

    expect(responsesIn(received)).toMatchObject([{ status: 200 }])
  })

  it('between two requests', async () => {
    const { port } = await startWithShortTimeouts()
    const socket = await open(port)
    const received = text(socket)
    socket.write(`GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`)
    await setTimeout(300)
    socket.write(`GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}Connection: close\r\n\r\n`)

    expect(responsesIn(await received)).toMatchObject([{ status: 200 }, { status: 200 }])
  })

  it('between two events', async () => {
    const { port, worlds } = await startWithShortTimeouts()
    const socket = await open(port)
    socket.write(`${GET_EVENTS}Accept: text/event-stream\r\n\r\n`)
    await once(socket, 'data')
    await setTimeout(300)
    worlds.main().events.emit({ at: AT, type: 'request' })

    expect(String(await once(socket, 'data'))).toContain('id: 1\n')
  })
})

describe('more than 10,000 requests that wait on one connection', () => {
  it('close it', async () => {
    const { emulator, control } = await startFrozen({ listen: true, port: 0 })
    await control.addFault({ effect: { hang: true } })
    const socket = await open(Number(new URL(emulator.url).port))
    const over = new Promise<boolean>(resolve => {
      for (const event of ['end', 'close']) socket.once(event, () => resolve(true))
    })
    socket.resume().write(`GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`.repeat(10_001))

    expect(await over).toBe(true)
  })
})
