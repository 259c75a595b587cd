/** A tunnel that a real cloudflared serves, and what checks expect of it. */
import { expect } from 'vitest'
import type { Connection } from '../../../schemas/connection.ts'
import type { CreatedTunnel, TunnelStatus } from '../../../schemas/tunnel.ts'
import { ACCOUNT } from '../emulator.ts'
import { within } from './check.ts'
import type { Cloudflared } from './cloudflared.ts'
import type { Origin } from './origin.ts'
import type { EdgeServer, IngressRule } from './server.ts'
import type { Stage } from './stage.ts'

/** cloudflared opens its four connections one second apart. */
export const REGISTER_MS = 20_000

/** The index, the id and the data center of a connection, as cloudflared logs them. */
export const LOG_OF_REGISTRATION =
  /Registered tunnel connection connIndex=(\d+) connection=(\S+) event=\d+ ip=\S+ location=(\S+)/g

export interface Serving {
  readonly server: EdgeServer
  readonly origin: Origin
  readonly tunnel: CreatedTunnel
  readonly cloudflared: Cloudflared
  /** When cloudflared was started, by `performance.now()`. */
  readonly started_at: number
}

/** Starts a server, an origin, and a cloudflared that serves shop.example.com; waits until it is healthy. */
export async function startServing(
  stage: Stage,
  args: readonly string[] = [],
  moreRules: readonly IngressRule[] = [],
): Promise<Serving> {
  const server = await stage.server(args)
  const origin = await stage.origin()
  const tunnel = await server.createTunnel('shop')
  await server.configure(tunnel.id, { hostname: 'shop.example.com', service: origin.url }, ...moreRules)
  // What `mockflared env --tunnel shop` prints.
  const { env } = await server.control.getTunnelRun({ account_id: ACCOUNT, tunnel_id: tunnel.id })
  const started_at = performance.now()
  const cloudflared = stage.cloudflared(env)
  await expectStatus(server, tunnel.id, 'healthy')
  await within(REGISTER_MS, async () => expect((await cloudflared.ready()).readyConnections).toBe(4))
  return { server, origin, tunnel, cloudflared, started_at }
}

/** Waits for a status of a tunnel; resolves with the seconds that it took, as text. */
export function expectStatus(
  server: EdgeServer,
  tunnel_id: string,
  status: TunnelStatus,
  within_ms = REGISTER_MS,
): Promise<string> {
  return within(within_ms, async () => expect((await server.tunnel(tunnel_id)).status).toBe(status))
}

/** The tracked connections of a tunnel. */
export async function connectionsOf(
  server: EdgeServer,
  tunnel_id: string,
  world?: string,
): Promise<readonly Connection[]> {
  return (await server.connectors(tunnel_id, world)).flatMap(({ conns }) => conns)
}

export async function liveConnections(
  server: EdgeServer,
  tunnel_id: string,
  world?: string,
): Promise<readonly Connection[]> {
  return (await connectionsOf(server, tunnel_id, world)).filter(({ is_pending_reconnect }) => !is_pending_reconnect)
}
