/** A tunnel for the measurements: an origin, mockflared with its edge, and a connector, in a process each. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { env } from 'node:process'
import { connectorEnvironment } from '../src/config/connector-env.ts'
import type { GatewayAddress } from '../test/support/edge/gateway-client.ts'
import { AUTHORIZATION, fileAt, type Server, startQuiet, startServer, TUNNELS } from './process.ts'

export const HOSTNAME = 'app.example.com'

/** Measured instead of the fake connector, if it is set. */
export const { CLOUDFLARED_BIN } = env

const CONNECTIONS = 4

interface Tunnel {
  readonly id: string
  readonly token: string
}

interface Edge {
  readonly address: string
  readonly gateway_url: string
  readonly ca_path: string
}

interface Stop {
  stop(): Promise<unknown>
}

export interface Stage extends Stop {
  readonly server: Server
  readonly origin: GatewayAddress
  readonly gateway: GatewayAddress
}

export function startEdge(): Promise<Server> {
  return startQuiet('--edge-port', '0', '--gateway-port', '0')
}

export async function openStage(start: typeof startFake): Promise<Stage> {
  const origin = await startServer([fileAt('peers/edge-origin.ts')])
  const server = await startEdge()
  const tunnel = await createTunnel(server, 'bench')
  const config = { ingress: [{ hostname: HOSTNAME, service: origin.url }, { service: 'http_status:404' }] }
  await call(server, 'PUT', `${TUNNELS}/${tunnel.id}/configurations`, { config })
  const edge = await edgeOf(server)
  const connector = await start(edge, tunnel, origin.url)
  return {
    server,
    origin: addressOf(origin.url),
    gateway: addressOf(edge.gateway_url),
    stop: async () => {
      await connector.stop()
      await Promise.all([server.stop(), origin.stop()])
    },
  }
}

/** The connector of our tests, which sends every request to the origin. */
export function startFake({ address, ca_path }: Edge, { token }: Tunnel, origin: string): Promise<Stop> {
  return startServer([fileAt('peers/edge-connector.ts'), portOf(address), ca_path, token, origin])
}

/** A real cloudflared, which takes the configuration. */
export async function startCloudflared({ address, ca_path }: Edge, { token }: Tunnel): Promise<Stop> {
  const child = spawn(CLOUDFLARED_BIN ?? '', ['tunnel', 'run'], {
    env: connectorEnvironment({ address, ca_path, token }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(child, 'exit')
  let log = ''
  for await (const chunk of child.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    log += chunk
    if (log.split('Registered tunnel connection').length > CONNECTIONS) break
  }
  child.stderr.resume()
  return {
    stop: () => {
      child.kill()
      return exited
    },
  }
}

/** As many connections as 25 connectors have in each of some tunnels, without any request. */
export async function openIdleConnections(server: Server, tunnels: number): Promise<Stop> {
  const { address, ca_path } = await edgeOf(server)
  const created = await Promise.all(Array.from({ length: tunnels }, (_, nth) => createTunnel(server, `idle-${nth}`)))
  return startServer([fileAt('peers/edge-idle.ts'), portOf(address), ca_path, ...created.map(({ token }) => token)])
}

export async function createTunnel(server: Server, name: string): Promise<Tunnel> {
  return call(server, 'POST', TUNNELS, { name, config_src: 'cloudflare' })
}

async function call<T>({ url }: Server, method: string, path: string, body: object): Promise<T> {
  const headers = { ...AUTHORIZATION, 'content-type': 'application/json' }
  const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
  return JSON.parse(await response.text()).result
}

async function edgeOf({ url }: Server): Promise<Edge> {
  return JSON.parse(await (await fetch(`${url}/_mockflared/`)).text()).edge
}

function addressOf(url: string): GatewayAddress {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

function portOf(address: string): string {
  return address.split(':').at(-1) ?? ''
}
