/**
 * Operations on tunnels that the current and the deprecated paths share, so that both always agree.
 * The routes present the results.
 */
import type { FastifyRequest } from 'fastify'
import type { TunnelPath } from '../../../schemas/identifiers.ts'
import type { TunnelCreate, TunnelListQuery } from '../../../schemas/tunnel.ts'
import { page } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { redactedText } from '../../gateway/redaction.ts'
import { closeConnections } from '../connections/ledger.ts'
import { hasTracked, NEVER_CONNECTED } from '../connections/rules.ts'
import { trackedConnections, trackedConnectors, trackedConnectorsByTunnel } from '../connections/store.ts'
import { visibleUntil } from '../stale-reads.ts'
import { emitTunnelEvent } from './events.ts'
import { tunnelPage } from './list-query.ts'
import { presentTunnel } from './present.ts'
import {
  createTunnel,
  deleteTunnel,
  filterOf,
  type NewTunnelIds,
  requireFreeName,
  requireTunnel,
  requireVisible,
} from './rules.ts'
import { findTunnel, insertTunnelIfNameIsFree, saveTunnel } from './store.ts'

type NewTunnelKeys = Pick<NewTunnelIds, 'id' | 'secret'>

type RequestContext = Pick<FastifyRequest, 'world' | 'moment' | 'stale_ms' | 'noted_behaviours'>

export function listTunnels(request: RequestContext, account_id: string, query: TunnelListQuery) {
  const { world, moment, stale_ms } = request
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

/** `keys`: default: those that the world gives next. */
export function addTunnel(request: RequestContext, account_id: string, body: TunnelCreate, keys?: NewTunnelKeys) {
  const { world, moment } = request
  const { db, ids } = world
  const { id, secret } = keys ?? { id: ids.uuid(), secret: ids.secret() }

  const tunnel = createTunnel(account_id, body, { id, secret, now: moment.now }, world.secret_min_bytes)
  db.transaction(() => {
    requireFreeName(insertTunnelIfNameIsFree(db, tunnel))
    world.tunnel_hooks.onTunnelCreated(world, tunnel, moment.now)
  })
  emitTunnelEvent(world, 'tunnel_created', tunnel, moment.now, { name: redactedText(tunnel.name) })
  return { ...tunnel, ...NEVER_CONNECTED }
}

/** Finds a visible tunnel, deleted or not (recorded: get_deleted). */
export function getTunnel(request: RequestContext, { account_id, tunnel_id }: TunnelPath) {
  const { world, moment, stale_ms } = request

  const found = requireTunnel(findTunnel(world.db, account_id, tunnel_id, moment))
  const tunnel = requireVisible(found, visibleUntil(moment.now, stale_ms))
  return { tunnel, connectors: () => (hasTracked(tunnel) ? trackedConnectors(world.db, tunnel, moment) : []) }
}

export function removeTunnel(request: RequestContext, { account_id, tunnel_id }: TunnelPath, cascade: boolean) {
  const { world, moment } = request
  const { db, changes } = world

  const found = requireTunnel(findTunnel(db, account_id, tunnel_id, moment))
  const tracked = trackedConnections(db, found, moment)
  const deleted = deleteTunnel(found, tracked, { cascade, now: moment.now, changes })
  if (deleted === found) {
    noteBehaviour(request, 'delete_again')
    return found
  }
  const alsoWrite = (): void => {
    world.tunnel_hooks.onTunnelDelete(world, found, { now: moment.now, cascade })
    saveTunnel(db, deleted)
  }
  closeConnections(world, found, tracked, moment.now, { reason: 'tunnel deleted', alsoWrite })
  emitTunnelEvent(world, 'tunnel_deleted', found, moment.now)
  if (tracked.length > 0) noteBehaviour(request, 'delete_cascade')
  return requireTunnel(findTunnel(db, account_id, tunnel_id, moment))
}
