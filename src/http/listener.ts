import { lookup } from 'node:dns/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerGarbage } from '../gateway/protocol-errors.ts'
import type { Site } from './context.ts'
import { followTraffic } from './drain.ts'

/** Our limit for the time in which a request must have arrived whole. Node would give it five minutes. */
const REQUEST_TIMEOUT_MS = 30_000

/** How long a connection may wait for its next request: longer than any load balancer in front, as Fastify has it. */
const KEEP_ALIVE_MS = 72_000

/** The name that stands for two addresses, of which a client may take either. */
const LOCALHOST = 'localhost'

export interface DoorOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly request_timeout_ms?: number
}

/** Where a site listens. */
export interface Door {
  readonly url: string
  /** Resolves when what was under way is answered; no connection is kept for another request. */
  readonly close: () => Promise<void>
}

/** Rejects with an error of Node's, such as EADDRINUSE. */
export async function openDoor(
  site: Site,
  answer: RequestListener,
  { host, port, ...limits }: DoorOptions,
): Promise<Door> {
  const [first = host, ...others] = host === LOCALHOST ? await addressesOf(host) : [host]
  const main = createDoor(site, answer, limits)
  const address = await listen(main.server, first, port)

  const doors = [main]
  for (const other of others) {
    const door = createDoor(site, answer, limits)
    // A machine may know an address by name and not have it.
    const isOpen = await listen(door.server, other, address.port).then(
      () => true,
      () => false,
    )
    if (isOpen) doors.push(door)
  }
  return {
    url: urlOf(address),
    close: async () => {
      await Promise.all(doors.map(door => door.close()))
    },
  }
}

function createDoor(
  { worlds }: Site,
  answer: RequestListener,
  { request_timeout_ms = REQUEST_TIMEOUT_MS }: Pick<DoorOptions, 'request_timeout_ms'>,
) {
  const server = createServer(
    {
      requireHostHeader: false,
      headersTimeout: request_timeout_ms,
      requestTimeout: request_timeout_ms,
      connectionsCheckingInterval: Math.ceil(request_timeout_ms / 6),
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    answer,
  )
  const traffic = followTraffic(server)
  server.on('clientError', answerGarbage(worlds.main, traffic.answersOn))
  // Node would answer 417 by itself; what a client expects beyond 100-continue is ignored like any unknown header.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  return { server, close: traffic.end }
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}

async function addressesOf(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address)
}

/** A server bound to every address is reached at the local one. */
function urlOf({ address, port, family }: AddressInfo): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address
  return `http://${family === 'IPv6' ? `[${reachable}]` : reachable}:${port}`
}
