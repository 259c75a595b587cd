import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Emulator } from '../../src/index.ts'

/** The example account of Cloudflare's documentation. */
const ACCOUNT = '699d98642c564d2e855e9661899b7252'

const headers = { authorization: 'Bearer token' }

/** Creates and lists tunnels with every client of an emulator, and returns the failures. */
export async function failedRoundTrips({ baseURL, fetch, inject, url }: Emulator, name: string) {
  const tunnels = `${baseURL}/accounts/${ACCOUNT}/cfd_tunnel`
  const path = tunnels.slice(url.length)
  const create = (way: string) =>
    ({ method: 'POST', headers, body: JSON.stringify({ name: `${name} ${way}` }) }) as const
  const object = { name: `${name} object` }
  const isListening = !url.endsWith(':0')

  const statuses: Record<string, number | undefined> = {
    'create by fetch': (await fetch(tunnels, create('fetch'))).status,
    'list by fetch': (await fetch(tunnels, { headers })).status,
    'create by inject': (await inject({ url: path, ...create('text') })).statusCode,
    'create by inject, as an object': (await inject({ url: path, method: 'POST', headers, payload: object }))
      .statusCode,
    'list by inject': (await inject({ url: path, headers })).statusCode,
    ...(isListening && {
      'create by socket': await statusOf(tunnels, 'POST', create('socket').body),
      'list by socket': await statusOf(tunnels, 'GET'),
    }),
    'control plane': (await inject({ url: '/_mockflared/clock', method: 'POST', payload: { freeze: true } }))
      .statusCode,
  }
  return Object.entries(statuses).filter(([, status]) => status !== 200)
}

/**
 * Uses a new connection for each request, since the global fetch needs `setImmediate` to reuse one.
 */
async function statusOf(url: string, method: string, body = ''): Promise<number | undefined> {
  const [response]: IncomingMessage[] = await once(
    request(url, { method, headers, agent: false }).end(body),
    'response',
  )
  response?.resume()
  return response?.statusCode
}
