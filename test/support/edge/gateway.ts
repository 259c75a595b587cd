/** A gateway in this process, with connections of cloudflared that are pairs of HTTP/2 ends. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Stream,
} from 'node:http2'
import { type AddressInfo, connect as connectTcp, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { TunnelKey } from '../../../schemas/records.ts'
import type { State } from '../../../schemas/state.ts'
import { createFlow } from '../../../src/edge/flow.ts'
import { type GatewayOptions, openGateway } from '../../../src/edge/gateway/gateway.ts'
import type { LiveConnection } from '../../../src/edge/live-connection.ts'
import { createRegistry, type Registry } from '../../../src/edge/registry.ts'
import { type Credential, createAuthority } from '../../../src/http/certificates.ts'
import { createWorlds } from '../../../src/worlds/registry.ts'
import { ACCOUNT } from '../emulator.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from '../world-settings.ts'
import type { GatewayAddress } from './gateway-client.ts'

export const WEB: TunnelKey = { account_tag: ACCOUNT, id: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415' }
export const APP = 'app.example.com'

/** Serves the streams that the gateway opens, as cloudflared does. */
export type ServeStream = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void

/** Tunnel web, whose configuration names app.example.com. */
export const SEED: State = {
  tunnels: [
    {
      account_tag: WEB.account_tag,
      id: WEB.id,
      name: 'web',
      configurations: [
        { config: { ingress: [{ hostname: APP, service: 'http://localhost' }, { service: 'http_status:404' }] } },
      ],
    },
  ],
}

let authority: Promise<Credential> | undefined

/** Worlds without an emulator. */
export function startWorlds(seed: State = SEED) {
  const worlds = createWorlds(
    memoryStorage(),
    [{ name: 'seed', state: seed }],
    worldSettings(),
    WORLD_LIMITS,
    EXTENSIONS,
  )
  onTestFinished(() => worlds.close())
  return worlds
}

/** A live connection of a tunnel, which is in the registry until the test has finished. */
export async function addConnection(
  registry: Registry,
  serve: ServeStream,
  { tunnel = WEB, world_id = 'main' }: { readonly tunnel?: TunnelKey; readonly world_id?: string } = {},
): Promise<LiveConnection & { readonly session: ClientHttp2Session }> {
  const [near, far] = await socketPair()
  const connector = performServerHandshake(far)
  connector.on('error', ignore)
  connector.on('stream', (stream, headers) => {
    stream.on('error', ignore)
    serve(stream, headers)
  })
  const session = connect('https://edge', { createConnection: () => near })
  session.on('error', ignore)

  const connector_id = randomUUID()
  const destroy = (): void => {
    session.destroy()
    near.destroy()
    far.destroy()
  }
  const live = {
    world_id,
    tunnel,
    connector_id,
    index: 0,
    colo_name: 'lis01',
    connection_id: randomUUID(),
    call: {
      connection_index: 0,
      account_tag: tunnel.account_tag,
      tunnel_id: tunnel.id,
      tunnel_secret: Buffer.alloc(32),
      replace_existing: false,
      previous_attempts: 0,
      origin_ip: '127.0.0.1',
      client: { id: connector_id, features: [], version: '2026.8.2', arch: 'linux_amd64' },
    },
    session,
    flow: createFlow(),
    open: (headers: OutgoingHttpHeaders, options?: { readonly endStream?: boolean }) => {
      if (session.destroyed) throw new Error('the connection has ended')
      return session.request(headers, options)
    },
    destroy,
  }
  registry.add(live)
  onTestFinished(destroy)
  return live
}

export interface TestGatewayOptions extends Partial<GatewayOptions> {
  readonly seed?: State
  /** The responses of the one connection; without it there is none. */
  readonly serve?: ServeStream
}

/** A gateway on a free port. `plain` and `secure` are its addresses for requests. */
export async function startGateway({ seed, serve, ...options }: TestGatewayOptions = {}) {
  authority ??= createAuthority(new Date())
  const ca = await authority
  const worlds = options.worlds ?? startWorlds(seed)
  const registry = options.registry ?? createRegistry()
  const connection = serve && (await addConnection(registry, serve))
  const gateway = await openGateway({
    worlds,
    registry,
    ca,
    names: ['localhost', '127.0.0.1'],
    host: '127.0.0.1',
    port: 0,
    timeout_ms: 10_000,
    ...options,
  })
  onTestFinished(() => gateway.close())

  const port = Number(gateway.authority.split(':').at(-1))
  const plain: GatewayAddress = { host: '127.0.0.1', port }
  return { gateway, worlds, registry, connection, port, plain, secure: { ...plain, ca: ca.cert } }
}

async function socketPair(): Promise<readonly [Socket, Socket]> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const near = connectTcp((server.address() as AddressInfo).port, '127.0.0.1')
  const [far] = await once(server, 'connection')
  server.close()
  return [near, far]
}

function ignore(): void {}
