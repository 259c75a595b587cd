/** What can be put between a visitor and a connection, and what is known afterwards. */
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/edge/gateway/gateway.ts'
import { createRegistry } from '../../../src/edge/registry.ts'
import { APP, addConnection, type ServeStream, startGateway } from '../../support/edge/gateway.ts'
import { ask } from '../../support/edge/gateway-client.ts'
import { askHttp2 } from '../../support/edge/http2-client.ts'
import { responseHead } from '../../support/edge/packed-headers.ts'
import { openWebsocket } from '../../support/edge/websocket.ts'

const hello: ServeStream = (stream, headers) => {
  stream.resume()
  stream.respond(responseHead(200))
  stream.end(`hello ${headers[':authority']}`)
}

describe('a handler', () => {
  it('can answer a visit, before its hostname decides', async () => {
    const { plain } = await startGateway({
      handlers: [
        () => undefined,
        visit => {
          visit.answer({ status: 418, headers: [['x-a', 'b']], body: visit.path })
          return 'answered'
        },
      ],
    })
    expect(await ask(plain, { hostname: 'any.test', path: '/tea' })).toMatchObject({
      status: 418,
      text: '/tea',
      headers: { 'x-a': 'b' },
    })
    await expect(openWebsocket(plain, { hostname: 'any.test' })).rejects.toThrow('418')
  })

  it('can send a visit to a connection, under another name', async () => {
    const connection = await addConnection(createRegistry(), hello)
    const handler = async () => ({ connection, authority: 'management.argotunnel.com' })
    const { plain } = await startGateway({ handlers: [handler] })
    expect((await ask(plain, { hostname: 'any.test' })).text).toBe('hello management.argotunnel.com')
  })

  it('can ask where a visit would go', async () => {
    const found: unknown[] = []
    const { plain, connection } = await startGateway({
      serve: hello,
      handlers: [(_visit, find) => void found.push(find())],
    })
    await ask(plain, { hostname: APP })
    await ask(plain, { hostname: 'other.test' })
    expect(found).toEqual([connection, 'no-route'])
  })

  it('that throws is 500, and harms nobody else', async () => {
    const { plain } = await startGateway({
      serve: hello,
      handlers: [
        ({ path }) => {
          if (path === '/bad') throw new Error('secret')
          return undefined
        },
        async visit => {
          if (visit.path !== '/half') return undefined
          visit.begin(200, []).writable.write('half')
          throw new Error('secret')
        },
      ],
    })
    const { status, text } = await ask(plain, { hostname: APP, path: '/bad' })
    expect([status, text]).toEqual([500, 'mockflared gateway: the request failed inside the gateway\n'])
    await expect(ask(plain, { hostname: APP, path: '/half' })).rejects.toThrow()
    expect((await ask(plain, { hostname: APP })).status).toBe(200)
  })
})

describe('an interception', () => {
  it('knows the connection, and can answer instead', async () => {
    const { plain, connection } = await startGateway({
      serve: hello,
      intercept: async (visit, { connector_id }) => {
        if (visit.path === '/') return false
        visit.answer({ status: 503, body: connector_id })
        return true
      },
    })
    expect((await ask(plain, { hostname: APP })).status).toBe(200)
    expect(await ask(plain, { hostname: APP, path: '/x' })).toMatchObject({
      status: 503,
      text: connection?.connector_id,
    })
  })

  it('can have a response cut after some bytes', async () => {
    const { plain, secure } = await startGateway({
      serve: hello,
      intercept: visit => {
        visit.cut_after_bytes = 3
        return false
      },
    })
    await expect(ask(plain, { hostname: APP })).rejects.toThrow()
    await expect(askHttp2(secure, { ':authority': APP })).rejects.toThrow()
  })
})

describe('the outcome of a visit', () => {
  const start = async () => {
    const outcomes: Outcome[] = []
    const gateway = await startGateway({ serve: hello, onFinished: outcome => outcomes.push(outcome) })
    return { ...gateway, outcomes }
  }

  it('has its hostname, path, status, connection and bytes, and no query', async () => {
    const { plain, outcomes, connection } = await start()
    await ask(plain, { hostname: APP, method: 'POST', path: '/a?token=secret', body: '12345' })
    await ask(plain, { hostname: 'other.test' })
    await expect.poll(() => outcomes).toHaveLength(2)
    expect(outcomes).toEqual([
      {
        hostname: APP,
        method: 'POST',
        path: '/a',
        status: 200,
        connection,
        missing: undefined,
        ms: expect.any(Number),
        bytes_up: 5,
        bytes_down: `hello ${APP}`.length,
      },
      expect.objectContaining({ hostname: 'other.test', status: 530, connection: undefined, missing: 'no-route' }),
    ])
  })
})
