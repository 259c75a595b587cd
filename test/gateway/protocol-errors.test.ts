/** Errors below HTTP, on a real port. */
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { countTunnels } from '../../src/resources/tunnels/store.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { startWithShortTimeouts } from '../support/short-timeouts.ts'
import { open, responsesIn, talk } from '../support/socket.ts'

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const HEADERS = 'Host: x\r\nAuthorization: Bearer t\r\n'
function create(name: string): string {
  const body = JSON.stringify({ name })
  return `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Content-Length: ${body.length}\r\n\r\n${body}`
}

async function start() {
  const emulator = await createEmulator({ port: 0 })
  onTestFinished(() => emulator.close())
  return { emulator, port: Number(new URL(emulator.url).port) }
}

function outcomes(received: string) {
  return responsesIn(received).map(({ status, body }) => [
    status,
    JSON.parse(body).errors[0]?.code ?? JSON.parse(body).result.name,
  ])
}

describe('bytes on a connection that are not HTTP', { tags: ['request_malformed', 'headers_too_large'] }, () => {
  it('get their response after those of earlier requests', async () => {
    const { port } = await start()
    const received = await talk(port, create('blog'), create('shop'), 'GARBAGE\r\n\r\n')

    expect(outcomes(received)).toEqual([
      [200, 'blog'],
      [200, 'shop'],
      [400, 10400],
    ])
  })

  it('get one response, and no later request is handled', async () => {
    const { emulator, port } = await start()
    const socket = await open(port)
    const heard = text(socket)
    for (const part of ['GARBAGE\r\n\r\n', create('blog'), 'GARBAGE\r\n\r\n']) {
      socket.write(part)
      await setTimeout(20)
    }

    expect(outcomes(await heard)).toEqual([[400, 10400]])
    const listed = await emulator.inject({ url: TUNNELS, headers: { authorization: 'Bearer t' } })
    expect(listed.json()).toMatchObject({ result: [] })
  })

  it('close the connection, whether the client disconnects or not', async () => {
    const { port } = await start()
    const socket = await open(port)
    socket.resume().write('GARBAGE\r\n\r\n')
    await once(socket, 'end')
    const closed = once(socket, 'error').then(([error]) => error.code)
    while (!socket.destroyed) {
      socket.write('more')
      await setTimeout(100)
    }

    expect(['EPIPE', 'ECONNRESET']).toContain(await closed)
  })

  it('in the body of a request get the response if there was none yet', async () => {
    const { port } = await start()
    const chunked = `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Transfer-Encoding: chunked\r\n\r\n`

    expect(outcomes(await talk(port, create('blog'), chunked, 'no size\r\n'))).toEqual([
      [200, 'blog'],
      [400, 10400],
    ])
  })

  it('in the body of a request that has a response close the connection without another one', async () => {
    const { port } = await start()
    const socket = await open(port)
    const heard = text(socket).catch(() => 'torn down')
    socket.write(`POST ${TUNNELS} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`)
    await setTimeout(100)
    socket.write('no size\r\n')

    expect(outcomes(await heard)).toEqual([[400, 9106]])
  })
})

const TOO_SLOW = [408, 10408]

describe('a request that does not arrive in time', { tags: ['request_too_slow'] }, () => {
  it.each([
    ['nothing at all', ''],
    ['half a line', 'GET /client'],
    ['half a header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nAuthori'],
    ['half a body', create('blog').slice(0, -1)],
    ['no body despite a content-length', create('blog').slice(0, -'{"name":"blog"}'.length)],
    ['a chunk and no more', `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`],
  ])('after %s gets 408 in the envelope', async (_what, bytes) => {
    const { port } = await startWithShortTimeouts()

    expect(outcomes(await talk(port, bytes))).toEqual([TOO_SLOW])
  })

  it('gets 408 even if bytes keep arriving', async () => {
    const { port } = await startWithShortTimeouts()
    const socket = await open(port)
    const heard = text(socket)
    for (const byte of create('blog')) {
      if (!socket.writable || socket.readableEnded) break
      socket.write(byte)
      await setTimeout(10)
    }

    expect(outcomes(await heard)).toEqual([TOO_SLOW])
  })

  it('is not handled if the rest arrives late', async () => {
    const { port, worlds } = await startWithShortTimeouts()
    const socket = await open(port)
    socket.resume()
    socket.write(create('blog').slice(0, -1))
    await once(socket, 'end')
    socket.write('}')
    await setTimeout(50)

    expect(countTunnels(worlds.main().db)).toBe(0)
  })

  it('does not include one that a fault delays, however long its body', async () => {
    const { port, worlds } = await startWithShortTimeouts()
    const { faults, clock } = worlds.main()
    faults.add({ effect: { latency: { ms: 500 } } }, clock.now())

    expect(outcomes(await talk(port, create('x'.repeat(500_000)), 'END\r\n\r\n')).map(([status]) => status)).toEqual([
      200, 400,
    ])
  })

  it('does not affect the response to the request before it', async () => {
    const { port } = await startWithShortTimeouts()

    expect(outcomes(await talk(port, create('blog'), 'GET /client'))).toEqual([[200, 'blog'], TOO_SLOW])
  })
})
