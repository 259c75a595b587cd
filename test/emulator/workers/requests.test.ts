/** A request gets the same answer from a worker thread as from a server with one thread. */
import { once } from 'node:events'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { json } from 'node:stream/consumers'
import Cloudflare from 'cloudflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createControlClient } from '../../../src/client.ts'
import { ACCOUNT } from '../../support/emulator.ts'
import { talk } from '../../support/socket.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { openWorkersServer, startWorkersServer } from '../../support/workers.ts'

let server: Awaited<ReturnType<typeof openWorkersServer>>
let port: number
beforeAll(async () => {
  server = await openWorkersServer()
  port = Number(new URL(server.url).port)
  for (const id of ['one', 'two']) await server.client().createWorldAs({ id, from: 'empty' })
})
afterAll(() => server.close())

describe('a request', () => {
  it('of the official SDK works in each thread', async () => {
    for (const id of ['one', 'two']) {
      const api = new Cloudflare({ apiToken: 'any', baseURL: `${server.url}/w/${id}/client/v4` })
      const made = await api.zeroTrust.tunnels.cloudflared.create({ account_id: ACCOUNT, name: `sdk ${id}` })

      expect(await api.zeroTrust.tunnels.cloudflared.get(made.id ?? '', { account_id: ACCOUNT })).toMatchObject({
        name: `sdk ${id}`,
      })
    }
  })

  it('is in the request log as the client sent it', async () => {
    await server.tunnels('two', { headers: { authorization: 'Bearer token', 'user-agent': 'mine' } })
    const [entry] = (await server.client({ world: 'two' }).listRequests()).slice(-1)

    expect(entry?.headers).toMatchObject({ 'user-agent': 'mine' })
    expect(Object.keys(entry?.headers ?? {}).filter(name => name.startsWith('mockflared'))).toEqual([])
  })

  it('that a fault resets is reset', async () => {
    await server.client({ world: 'two' }).addFault({ effect: { reset: 'before' }, times: 1 })
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `GET /w/two/client/v4/accounts/${ACCOUNT}/cfd_tunnel HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n\r\n`,
    )

    await expect(once(socket, 'close')).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('whose response a fault cuts is cut', async () => {
    await server.client({ world: 'two' }).addFault({ effect: { body: 'truncated' }, times: 1 })

    await expect((await server.tunnels('two')).text()).rejects.toThrow('terminated')
  })

  it('that is not HTTP gets the same response as from one thread', async () => {
    expect(await talk(port, 'GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 Bad Request\r\n.*"success":false/s)
  })

  it('with a header that is too large is refused by the main thread', async () => {
    const received = await talk(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(17_000)}\r\n\r\n`)

    expect(received).toMatch(/^HTTP\/1.1 431 /)
  })

  it('of HTTP/1.0 gets a response that ends with the connection', async () => {
    const received = await talk(port, 'GET /_mockflared/worlds HTTP/1.0\r\nHost: localhost\r\n\r\n')

    expect(received).toMatch(/^HTTP\/1.1 200 OK\r\n/)
    expect(received).not.toMatch(/transfer-encoding/i)
  })

  it('cannot claim to be from another client', async () => {
    const headers = 'mockflared-peer: key https 10.0.0.1'
    const received = await talk(
      port,
      `GET /_mockflared/ HTTP/1.1\r\n${headers}\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )

    expect(received).toContain(`"base_url":"http://localhost/client/v4"`)
  })
})

describe('a stream of events', () => {
  it('sends its head at once, and ends when the server closes', async () => {
    const own = await startWorkersServer()
    const stream = await fetch(`${own.url}/_mockflared/events`, { headers: { accept: 'text/event-stream' } })
    const reading = stream.text()
    await own.close()

    expect(await reading).toBe('')
  })
})

describe('a health check', () => {
  it.each(['/healthz', '/readyz'])('%s is answered by the main thread', async path => {
    const response = await fetch(`${server.url}${path}`)

    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
    expect((await fetch(`${server.url}${path}`, { method: 'HEAD' })).status).toBe(200)
  })
})

describe('TLS and a port for the control plane', () => {
  it('know the addresses that clients use', async () => {
    const own = await startWorkersServer({ tls: true, tls_port: 0, tls_dir: temporaryFolder(), control_port: 0 })
    const { hostname, port } = new URL(own.tlsURL)
    const request = httpsRequest({ hostname, port, path: '/openapi.json', rejectUnauthorized: false }).end()
    const [response] = await once(request, 'response')

    expect(response.statusCode).toBe(200)
    expect(await json(response)).toMatchObject({ openapi: '3.1.0' })
    const control = createControlClient({ url: own.consoleURL.replace('/_mockflared/console/', '') })
    expect((await control.getInfo()).base_url).toBe(`${own.url}/client/v4`)
    expect((await fetch(`${own.url}/_mockflared/worlds`)).status).toBe(404)
    expect((await fetch(own.consoleURL)).status).toBeLessThan(500)
  })
})
