/** The addresses of an emulator, its connections, and its shutdown. */
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { startWithShortTimeouts } from '../support/short-timeouts.ts'
import { open, responsesIn, talk } from '../support/socket.ts'

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const headers = { authorization: 'Bearer token' }

async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  return emulator
}

describe('an address', () => {
  it.each([
    ['127.0.0.1', /^http:\/\/127\.0\.0\.1:\d+$/],
    ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
    ['localhost', /^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/],
  ])('of %s is reported as one that clients can reach', async (host, address) => {
    const { url } = await start({ host })

    expect(url).toMatch(address)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it('of localhost listens on both addresses of that name', async () => {
    const { port } = new URL((await start({ host: 'localhost' })).url)

    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200)
  })

  it('that this machine does not have is rejected', async () => {
    await expect(start({ host: '192.0.2.1' })).rejects.toThrow('EADDRNOTAVAIL')
  })

  it('of the control plane that is in use also frees the other port', async () => {
    const { url } = await start()
    const taken = Number(new URL(url).port)
    const free = await start()
    await free.close()

    const port = Number(new URL(free.url).port)
    await expect(start({ port, control_port: taken })).rejects.toThrow(`port ${taken} of 127.0.0.1 is taken`)
    expect((await start({ port })).url).toBe(free.url)
  })
})

describe('HEAD', () => {
  it('gets the headers of a GET and no body, so the next response follows correctly', async () => {
    const { url } = await start()
    const requestText = (method: string, more = '') =>
      `${method} ${TUNNELS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n${more}\r\n`
    const received = await talk(
      Number(new URL(url).port),
      requestText('HEAD'),
      requestText('GET', 'Connection: close\r\n'),
    )
    const [head = '', get = '', body = ''] = received.split('\r\n\r\n')

    const lengthIn = (headers: string) => /^content-length: (\d+)$/im.exec(headers)?.[1]
    expect([head, get].map(headers => headers.split('\r\n', 1)[0])).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK'])
    expect([lengthIn(head), lengthIn(get)]).toEqual([String(body.length), String(body.length)])
  })
})

describe('requests that arrive together', () => {
  it('are handled in their order', async () => {
    const { url, inject } = await start()
    const names = Array.from({ length: 10 }, (_, nth) => `blog-${nth}`)
    await Promise.all(names.map(name => inject({ method: 'POST', url: TUNNELS, headers, payload: { name } })))

    const response = await fetch(`${url}${TUNNELS}`, { headers })
    const { result } = JSON.parse(await response.text()) as { result: { name: string; created_at: string }[] }
    const byAge = result.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1))
    expect(byAge.map(({ name }) => name)).toEqual(names)
  })

  const HEADERS = 'Host: x\r\nAuthorization: Bearer t\r\n'
  const create = (name: string): string => {
    const body = JSON.stringify({ name })
    return `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Content-Length: ${body.length}\r\n\r\n${body}`
  }

  it('see the effects of earlier requests on the same connection, 100 of 100', async () => {
    const port = Number(new URL((await start()).url).port)
    const numbers = Array.from({ length: 100 }, (_, nth) => nth)
    const requests = numbers.map(
      nth => `${create(`blog-${nth}`)}GET ${TUNNELS}?name=blog-${nth} HTTP/1.1\r\n${HEADERS}\r\n`,
    )
    const received = await talk(
      port,
      `${requests.join('')}GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    )
    const responses = responsesIn(received)

    expect(responses).toHaveLength(201)
    const found = numbers.filter(nth => JSON.parse(responses[2 * nth + 1]?.body ?? '').result.length === 1)
    expect(found).toEqual(numbers)
  })

  it('wait for an earlier request that a fault delays', async () => {
    const emulator = await start()
    await emulator.control.addFault({ method: 'POST', effect: { latency: { ms: 50 } } })
    const get = `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}Connection: close\r\n\r\n`
    const responses = responsesIn(await talk(Number(new URL(emulator.url).port), create('blog') + get))

    expect(responses.map(({ status }) => status)).toEqual([200, 200])
    expect(JSON.parse(responses[1]?.body ?? '').result).toMatchObject([{ name: 'blog' }])
  })

  it('are dropped with the connection when a fault resets it', async () => {
    const emulator = await start()
    await emulator.control.addFault({ times: 1, effect: { reset: 'before' } })
    const socket = await open(Number(new URL(emulator.url).port))
    socket.write(create('blog') + create('shop'))
    await new Promise(resolve => socket.once('close', resolve))

    expect((await emulator.inject({ url: TUNNELS, headers })).json()).toMatchObject({ result: [] })
  })
})

/** Rejects before the idle timeout of a connection. */
function soon(closed: Promise<void>): Promise<void> {
  return Promise.race([closed, setTimeout(5_000).then(() => Promise.reject(new Error('still open')))])
}

describe('close waits for pending responses, but not for idle connections', () => {
  it('if a request has not arrived completely', async () => {
    const { url, close } = await start()
    const body = '{"name":"blog"}'
    const socket = await open(Number(new URL(url).port))
    const received = text(socket)
    socket.write(
      `POST ${TUNNELS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: ${body.length}\r\n\r\n{`,
    )
    await setTimeout(50)

    const closed = soon(close())
    await setTimeout(50)
    socket.write(body.slice(1))
    const [response] = responsesIn(await received)
    expect(response).toMatchObject({ status: 200, head: expect.stringMatching(/^connection: close$/im) })
    await closed
  })

  it('if a client reads a response slowly', async () => {
    const { url, close, inject } = await start()
    const payload = JSON.stringify({ name: 'x'.repeat(60_000) })
    await Promise.all(Array.from({ length: 400 }, () => inject({ method: 'POST', url: TUNNELS, headers, payload })))
    const socket = await open(Number(new URL(url).port))
    socket.write('GET /_mockflared/requests HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(socket, 'readable')

    const closed = soon(close())
    const [response] = responsesIn(await text(socket))
    expect(JSON.parse(response?.body ?? '')).toHaveLength(400)
    await closed
  })

  it('if the rest of a request never arrives', async () => {
    const { port, close } = await startWithShortTimeouts()
    const socket = await open(port)
    socket.write(`POST ${TUNNELS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: 100\r\n\r\n{`)
    await setTimeout(20)

    await soon(close())
  })

  it('if a connection is idle', async () => {
    const { url, close } = await start()
    const agent = new Agent({ keepAlive: true })
    onTestFinished(() => agent.destroy())
    const [response]: IncomingMessage[] = await once(get(`${url}/readyz`, { agent }), 'response')
    response?.resume()
    await setTimeout(20)

    await soon(close())
  })
})
