/** Random and forbidden responses of a connector: the visitor gets a response or a cut one, and in time. */
import type { ServerHttp2Stream } from 'node:http2'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APP, type ServeStream, startGateway } from '../support/edge/gateway.ts'
import { ask, type GatewayAddress } from '../support/edge/gateway-client.ts'
import { holds } from '../support/property/replay.ts'

/** A visitor waits no longer; the gateway would answer 524 only later. */
const MAX_MS = 5_000

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64').replaceAll('=', '')

const word = fc.oneof(
  fc.constantFrom('content-length', 'transfer-encoding', 'connection', 'set-cookie', 'upgrade', ':status', 'x', ''),
  fc.constantFrom('5', '-1', 'chunked', 'a\r\nset-cookie: injected', '\0', '\u00ff', 'close', '99999999999999999999'),
  fc.string({ unit: 'binary-ascii', maxLength: 8 }),
)

const packed = fc.oneof(
  fc
    .array(fc.tuple(word, word), { maxLength: 4 })
    .map(pairs => pairs.map(([name, value]) => `${base64(name)}:${base64(value)}`).join(';')),
  fc.string({ unit: fc.constantFrom('a', 'Z', '=', ':', ';', '/', '+', ' ', '-'), maxLength: 20 }),
)

const behaviour = fc.record({
  status: fc.constantFrom(100, 101, 103, 200, 204, 304, 404, 599, 600, 999),
  packed,
  meta: fc.constantFrom(
    undefined,
    '{"src":"origin"}',
    '{"src":"cloudflared"}',
    '{',
    '{"src":"cloudflared","flow_rate_limited":true}',
  ),
  body: fc.constantFrom('', 'body', 'x'.repeat(100_000)),
  /** When the stream is reset, and how. */
  reset: fc.constantFrom('never', 'never', 'first', 'after the head', 'after the body'),
  code: fc.constantFrom(0, 1, 2, 5, 7, 8, 11, 13),
})

type Behaviour = typeof behaviour extends fc.Arbitrary<infer T> ? T : never

function misbehave(stream: ServerHttp2Stream, { status, packed, meta, body, reset, code }: Behaviour): void {
  const close = (): void => stream.close(code)
  stream.resume()
  if (reset === 'first') {
    close()
    return
  }
  try {
    // Node sends no 101 over HTTP/2.
    if (status < 200) stream.additionalHeaders({ ':status': status === 101 ? 102 : status })
    stream.respond({
      ':status': status < 200 ? 200 : status,
      'cf-cloudflared-response-headers': packed,
      ...(meta !== undefined && { 'cf-cloudflared-response-meta': meta }),
    })
  } catch {
    // It also refuses some of these headers.
    close()
    return
  }
  if (reset === 'after the head') close()
  else if (reset === 'never') stream.end(body)
  else stream.write(body, close)
}

describe('a connector that misbehaves', () => {
  it.each(['plain', 'secure'] as const)('harms its own response only, %s', async kind => {
    let next: Behaviour | undefined
    const serve: ServeStream = stream => {
      if (next) return misbehave(stream, next)
      stream.respond({ ':status': 200 })
      stream.end('good')
    }
    const gateway = await startGateway({ serve, timeout_ms: 60_000 })
    const address: GatewayAddress = gateway[kind]
    await holds(60, behaviour, async one => {
      next = one
      const start = performance.now()
      const response = await ask(address, { hostname: APP }).catch(() => undefined)
      expect(performance.now() - start).toBeLessThan(MAX_MS)
      if (response) expect(response.headers['set-cookie'] ?? []).not.toContain('injected')
      next = undefined
      expect((await ask(address, { hostname: APP })).text).toBe('good')
    })
  })
})
