/** Worlds and registrations for tests of the edge without a socket. */
import { onTestFinished, vi } from 'vitest'
import type { TunnelRecord } from '../../../schemas/records.ts'
import { enter } from '../../../src/edge/ledger.ts'
import type { RegisterCall } from '../../../src/edge/register-call.ts'
import { trackedConnections } from '../../../src/resources/connections/store.ts'
import { createTunnel } from '../../../src/resources/tunnels/rules.ts'
import { insertTunnel } from '../../../src/resources/tunnels/store.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { createWorld, type World } from '../../../src/world/world.ts'
import { ACCOUNT, SECRET } from '../emulator.ts'
import { EXTENSIONS, worldSettings } from '../world-settings.ts'

export const NOW = '2026-01-01T00:00:00.000000Z'
export const TUNNEL = { account_tag: ACCOUNT, id: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415' }
export const CLIENT = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
export const [FIRST, SECOND, THIRD] = [1, 2, 3].map(nth => `00000000-0000-4000-8000-00000000000${nth}`) as [
  string,
  string,
  string,
]

export function callOf(
  changes: Partial<RegisterCall> = {},
  client: Partial<RegisterCall['client']> = {},
): RegisterCall {
  return {
    connection_index: 0,
    account_tag: ACCOUNT,
    tunnel_id: TUNNEL.id,
    tunnel_secret: Buffer.from(SECRET, 'base64'),
    replace_existing: false,
    previous_attempts: 0,
    origin_ip: '127.0.0.1',
    client: { id: CLIENT, features: ['management_logs'], version: '2026.8.2', arch: 'linux_arm64', ...client },
    ...changes,
  }
}

export function emptyWorld(id = 'main'): World {
  const db = openDatabase(':memory:', EXTENSIONS.data.schema)
  onTestFinished(() => db.close())
  return createWorld(id, db, { ...worldSettings(), frozen_at: NOW })
}

export function worldWith(id = 'main', secret = SECRET, config_src: 'local' | 'cloudflare' = 'cloudflare'): World {
  const world = emptyWorld(id)
  insertTunnel(world.db, tunnelOf(secret, config_src))
  return world
}

export function tunnelOf(secret = SECRET, config_src: 'local' | 'cloudflare' = 'cloudflare'): TunnelRecord {
  const ids = { id: TUNNEL.id, secret, now: NOW }
  return createTunnel(ACCOUNT, { name: 'blog', config_src, tunnel_secret: secret }, ids, 1)
}

/** Writes fail once, such as with a full disk. */
export function failOnce(world: World): void {
  vi.spyOn(world.db, 'transaction').mockImplementationOnce(() => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  })
}

export const enterAs = (world: World, connection_id: string, call = callOf(), hasSession = (_id: string) => true) =>
  enter(world, TUNNEL, call, { connection_id, colo_name: 'dfw08' }, hasSession)

export const connectionOf = (connection_id: string) => ({ tunnel: TUNNEL, connector_id: CLIENT, connection_id })

export const tracked = (world: World) =>
  trackedConnections(world.db, TUNNEL, world.moment()).map(
    ({ id, lost_at }) => `${id.slice(-1)}${lost_at ? ' lost' : ''}`,
  )

export const eventsOf = (world: World) =>
  world.events.after(0).map(({ type, status, reason }) => [type, status ?? reason].filter(Boolean).join(' '))
