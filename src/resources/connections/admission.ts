/** Whether the edge admits a connector, with the messages that cloudflared logs where we know them. */
import { timingSafeEqual } from 'node:crypto'
import type { ConnectorWithConnections, TunnelRecord } from '../../../schemas/records.ts'

/** Maximum number of connected replicas of a tunnel (documented: replica_limit). */
const MAX_REPLICAS = 25

export const TUNNEL_NOT_FOUND = 'Unauthorized: Tunnel not found'

/** With its two spaces (recorded: connector_refused). */
export const OTHER_ACCOUNT = "Unauthorized: Account  doesn't have tunnel"

/** The edge rejects a connector. */
export class Unauthorized extends Error {
  override readonly name = 'Unauthorized'
}

/**
 * Rejects a connector if its tunnel is gone or its secret is wrong (recorded: connector_refused).
 * Connected connectors are not checked again, so they stay connected after a secret change
 * (documented: secret_rotation).
 */
export function requireAdmission<T extends TunnelRecord>(tunnel: T | undefined, secret: Buffer): T {
  if (!tunnel || tunnel.deleted_at !== null) throw new Unauthorized(TUNNEL_NOT_FOUND)
  if (!isSameSecret(tunnel, secret)) throw new Unauthorized('Unauthorized: Invalid tunnel secret')
  return tunnel
}

/** The message is our choice. */
export function requireReplicaLimit(connected: readonly ConnectorWithConnections[]): void {
  if (connected.length >= MAX_REPLICAS) throw new Unauthorized(`Unauthorized: more than ${MAX_REPLICAS} replicas`)
}

export function secretBytes(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

/** Compares bytes, because two texts of base64 can mean the same, and in constant time. */
function isSameSecret({ tunnel_secret }: TunnelRecord, secret: Buffer): boolean {
  const expected = secretBytes(tunnel_secret)
  return expected.length === secret.length && timingSafeEqual(expected, secret)
}
