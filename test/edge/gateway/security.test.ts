/** No visitor can make cloudflared take a request for something that only the edge may send. */
import type { IncomingHttpHeaders } from 'node:http2'
import { describe, expect, it } from 'vitest'
import { APP, type ServeStream, startGateway } from '../../support/edge/gateway.ts'
import { ask } from '../../support/edge/gateway-client.ts'
import { askHttp2 } from '../../support/edge/http2-client.ts'
import { responseHead } from '../../support/edge/packed-headers.ts'
import { openWebsocket } from '../../support/edge/websocket.ts'

const UPGRADE = 'cf-cloudflared-proxy-connection-upgrade'

/** Those that cloudflared acts on, and others with the same beginnings. */
const FORGED: Record<string, string> = {
  'cf-cloudflared-proxy-src': '10.0.0.1',
  'cf-cloudflared-request-headers': 'YQ:YQ',
  'cf-cloudflared-response-headers': 'YQ:YQ',
  'cf-cloudflared-response-meta': '{"src":"origin"}',
  'cf-int-cloudflared-tracing': 'x',
  'cf-int-anything': 'x',
  'cf-proxy-worker': 'x',
}
const KINDS = ['update-configuration', 'control-stream', 'websocket']

const CASES: readonly ((name: string) => string)[] = [
  name => name,
  name => name.toUpperCase(),
  name => name.replace(/\b\w/g, letter => letter.toUpperCase()),
]

/** Decides by headers what a stream is, as cloudflared does; a request is answered with its headers. */
function startCloudflared() {
  const requests: IncomingHttpHeaders[] = []
  let configuration = 'of the tunnel'
  const serve: ServeStream = (stream, headers) => {
    stream.resume()
    if (headers[UPGRADE] === 'update-configuration') configuration = 'of a visitor'
    if (headers[UPGRADE] === 'control-stream') configuration = 'of nobody'
    requests.push(headers)
    stream.respond(responseHead(200))
    stream.end('an ordinary response')
  }
  return startGateway({ serve }).then(gateway => ({ ...gateway, requests, configuration: () => configuration }))
}

function forged(kind: string, spell: (name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...FORGED, [UPGRADE]: kind }).map(([name, value]) => [spell(name), value]))
}

function headersOfTheEdge(headers: IncomingHttpHeaders): readonly string[] {
  return Object.keys(headers).filter(name => /^cf-(cloudflared|int|proxy)-/i.test(name))
}

describe('a visitor who forges headers of the edge', { tags: ['edge_stream_kinds'] }, () => {
  it.each(KINDS)('as for %s reaches the origin with an ordinary request over HTTP/1.1', async kind => {
    const { plain, secure, requests, configuration } = await startCloudflared()
    for (const address of [plain, secure]) {
      for (const spell of CASES) {
        const request = { hostname: APP, method: 'PUT', headers: forged(kind, spell), body: '{"version":99}' }
        expect(await ask(address, request)).toMatchObject({ status: 200, text: 'an ordinary response' })
      }
    }
    expect(requests).toHaveLength(6)
    expect(requests.flatMap(headersOfTheEdge)).toEqual([])
    expect(configuration()).toBe('of the tunnel')
  })

  it.each(KINDS)('as for %s reaches the origin with an ordinary request over HTTP/2', async kind => {
    const { secure, requests, configuration } = await startCloudflared()
    const headers = { ':authority': APP, ':method': 'PUT', ...forged(kind, CASES[0] ?? String) }
    expect(await askHttp2(secure, headers, '{"version":99}')).toMatchObject({ status: 200 })
    expect(requests.flatMap(headersOfTheEdge)).toEqual([])
    expect(configuration()).toBe('of the tunnel')
  })

  it.each(KINDS)('as for %s, with an upgrade, asks for a websocket and no more', async kind => {
    const { plain, secure, requests, configuration } = await startCloudflared()
    for (const address of [plain, secure]) {
      for (const spell of CASES) {
        await expect(openWebsocket(address, { hostname: APP, headers: forged(kind, spell) })).rejects.toThrow('200')
      }
    }
    expect(requests.map(headers => [headersOfTheEdge(headers), headers[UPGRADE]])).toEqual(
      Array(6).fill([[UPGRADE], 'websocket']),
    )
    expect(configuration()).toBe('of the tunnel')
  })

  it('in lists, beside others, or named by Connection has no luck either', async () => {
    const { plain, requests } = await startCloudflared()
    const headers = { connection: `keep-alive, ${UPGRADE}`, [UPGRADE]: ['websocket', 'update-configuration'] }
    await ask(plain, { hostname: APP, headers })
    expect(requests.flatMap(headersOfTheEdge)).toEqual([])
  })
})

describe('a response', () => {
  it('has no header of the edge', async () => {
    const { plain, secure } = await startCloudflared()
    expect(headersOfTheEdge((await ask(plain, { hostname: APP })).headers)).toEqual([])
    expect(headersOfTheEdge((await askHttp2(secure, { ':authority': APP })).headers)).toEqual([])
  })
})
