/** Requests, transfers and round trips, over a tunnel or directly: both take the same. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { ask, type GatewayAddress, openRequest, requestOf } from '../test/support/edge/gateway-client.ts'
import { openWebsocket } from '../test/support/edge/websocket.ts'
import { createTunnel, HOSTNAME } from './edge.ts'
import { AUTHORIZATION, type Server, TUNNELS } from './process.ts'
import { spreadOf } from './statistics.ts'

const CHUNK = Buffer.alloc(64 * 1024, 'mockflared')
/** 64 MiB. */
const TRANSFER_CHUNKS = 1_024
const REQUESTS = 300
const REQUESTS_AT_ONCE = 1_000

export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** The median time of some work, one at a time. */
async function medianOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const measured: number[] = []
  for (let nth = 0; nth < times; nth += 1) measured.push(await elapsed(work))
  return spreadOf(measured).median
}

async function get(address: GatewayAddress, agent?: Agent): Promise<void> {
  const { status } = await ask(address, { hostname: HOSTNAME, ...(agent && { agent }) })
  if (status !== 200) throw new Error(`the tunnel answered ${status}`)
}

/** Milliseconds of a request on a connection of its own; the median. */
export function requestTime(address: GatewayAddress): Promise<number> {
  return medianOf(REQUESTS, () => get(address))
}

/** The same over one connection. */
export async function keptAliveTime(address: GatewayAddress): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  return medianOf(REQUESTS, () => get(address, agent)).finally(() => agent.destroy())
}

/** Milliseconds for each of many requests, while so many are under way. */
export async function timeAtOnce(address: GatewayAddress, atOnce: number): Promise<number> {
  let left = REQUESTS_AT_ONCE
  const time = await elapsed(() =>
    Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (left-- > 0) await get(address)
      }),
    ),
  )
  return time / REQUESTS_AT_ONCE
}

export async function download(address: GatewayAddress): Promise<void> {
  const response = await openRequest(address, { hostname: HOSTNAME, path: `/chunks/${TRANSFER_CHUNKS}` })
  let bytes = 0
  for await (const chunk of response) bytes += chunk.length
  if (bytes !== TRANSFER_CHUNKS * CHUNK.length) throw new Error(`${bytes} bytes arrived`)
}

export async function upload(address: GatewayAddress): Promise<void> {
  const request = requestOf(address, { hostname: HOSTNAME, path: '/', method: 'POST' })
  const [[response]] = await Promise.all([
    once(request, 'response'),
    pipeline(Readable.from(Array<Buffer>(TRANSFER_CHUNKS).fill(CHUNK)), request),
  ])
  const body = await text(response)
  if (body !== `${TRANSFER_CHUNKS * CHUNK.length} bytes`) throw new Error(`the origin got ${body}`)
}

export async function roundTripTime(address: GatewayAddress): Promise<number> {
  const { send, next, socket } = await openWebsocket(address, { hostname: HOSTNAME })
  const time = await medianOf(REQUESTS, async () => {
    send('ping')
    await next()
  })
  socket.destroy()
  return time
}

/** Milliseconds of a GET of one tunnel of the API. */
export async function apiTime(server: Server): Promise<number> {
  const path = `${TUNNELS}/${(await createTunnel(server, `api-${randomUUID()}`)).id}`
  const { hostname: host, port } = new URL(server.url)
  const agent = new Agent({ keepAlive: true })
  const address = { host, port: Number(port) }
  const time = await medianOf(REQUESTS, async () => {
    const { status } = await ask(address, { hostname: 'localhost', path, headers: AUTHORIZATION, agent })
    if (status !== 200) throw new Error(`the API answered ${status}`)
  })
  agent.destroy()
  return time
}
