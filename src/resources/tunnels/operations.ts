/**
 * Operations on tunnels that the present paths and the old ones share, so that the two never
 * disagree. The routes decide how the result looks.
 */
import type { FastifyRequest } from 'fastify'
import type { TunnelPath } from '../../../schemas/identifiers.ts'
import type { TunnelCreate, TunnelListQuery } from '../../../schemas/tunnel.ts'
import { page } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { closeConnections } from '../connections/ledger.ts'
import { hasTracked, NEVER_CONNECTED } from '../connections/rules.ts'
import { trackedConnections, trackedConnectors, trackedConnectorsByTunnel } from '../connections/store.ts'
import { visibleUntil } from '../stale-reads.ts'
import { emitTunnelEvent } from './events.ts'
import { tunnelPage } from './list-query.ts'
import { presentTunnel } from './present.ts'
import { createTunnel, deleteTunnel, filterOf, requireFound, requireFreeName, requireVisible } from './rules.ts'
import { findTunnel, insertTunnelIfNameIsFree, saveTunnel } from './store.ts'

type Asked = Pick<FastifyRequest, 'world' | 'moment' | 'stale_ms' | 'noted_behaviours'>

export function listTunnels(asked: Asked, account_id: string, query: TunnelListQuery) {
  const { world, moment, stale_ms } = asked
  const { db, changes } = world
  const filter = { ...filterOf(query, changes), visible_until: visibleUntil(moment.now, stale_ms) }
  const window = { limit: query.per_page, offset: (query.page - 1) * query.per_page }

  const { items, total } = tunnelPage(db, account_id, filter, window, moment)
  const connectors = changes.connections_gone
    ? undefined
    : trackedConnectorsByTunnel(db, account_id, items.filter(hasTracked), moment)
  const tunnels = items.map(tunnel => presentTunnel(tunnel, connectors && (connectors.get(tunnel.id) ?? []), changes))
  return page(tunnels, { page: query.page, per_page: query.per_page, count: items.length, total_count: total })
}

export function addTunnel(asked: Asked, account_id: string, body: TunnelCreate) {
  const { world, moment } = asked
  const { db, ids } = world
  const fresh = { id: ids.uuid(), secret: ids.secret(), now: moment.now }

  const tunnel = createTunnel(account_id, body, fresh, world.secret_min_bytes)
  db.transaction(() => {
    requireFreeName(insertTunnelIfNameIsFree(db, tunnel))
    world.tunnel_hooks.onTunnelCreated(world, tunnel, fresh.now)
  })
  emitTunnelEvent(world, 'tunnel_created', tunnel, fresh.now)
  const created = { ...tunnel, ...NEVER_CONNECTED }
  return created
}

/** A tunnel, deleted or not (recorded: get_deleted), once it is old enough to be seen. */
export function readTunnel(asked: Asked, { account_id, tunnel_id }: TunnelPath) {
  const { world, moment, stale_ms } = asked

  const found = requireFound(findTunnel(world.db, account_id, tunnel_id, moment))
  const tunnel = requireVisible(found, visibleUntil(moment.now, stale_ms))
  return { tunnel, connectors: () => (hasTracked(tunnel) ? trackedConnectors(world.db, tunnel, moment) : []) }
}

export function removeTunnel(asked: Asked, { account_id, tunnel_id }: TunnelPath, cascade: boolean) {
  const { world, moment } = asked
  const { db, changes } = world

  const found = requireFound(findTunnel(db, account_id, tunnel_id, moment))
  const tracked = trackedConnections(db, found, moment)
  const deleted = deleteTunnel(found, tracked, { cascade, now: moment.now, changes })
  if (deleted === found) {
    noteBehaviour(asked, 'delete_again')
    return found
  }
  const alsoWrite = (): void => {
    world.tunnel_hooks.onTunnelDelete(world, found, { now: moment.now, cascade })
    saveTunnel(db, deleted)
  }
  closeConnections(world, found, tracked, moment.now, { reason: 'tunnel deleted', alsoWrite })
  emitTunnelEvent(world, 'tunnel_deleted', found, moment.now)
  if (tracked.length > 0) noteBehaviour(asked, 'delete_cascade')
  return requireFound(findTunnel(db, account_id, tunnel_id, moment))
}
