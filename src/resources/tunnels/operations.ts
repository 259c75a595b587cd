/**
 * What is done with tunnels, under the present paths and the old ones alike: one way to do each, so that the two can never
 * disagree. Each says on the request what it leaned on. How the outcome looks is up to the path.
 */
import type { FastifyRequest } from 'fastify'
import type { TunnelPath } from '../../../schemas/identifiers.ts'
import type { ConnectionRecord } from '../../../schemas/records.ts'
import type { TunnelCreate, TunnelListQuery } from '../../../schemas/tunnel.ts'
import { page } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { afterLoss, hasTracked, NEVER_CONNECTED } from '../connections/rules.ts'
import { markClosed, trackedConnectors, trackedConnectorsByTunnel } from '../connections/store.ts'
import { visibleUntil } from '../stale-reads.ts'
import { CLEANED_UP, tell, tellConnections, tellingStatus } from './events.ts'
import { tunnelPage } from './list-query.ts'
import { presentTunnel } from './present.ts'
import { createTunnel, deleteTunnel, filterOf, requireFound, requireFreeName, requireVisible } from './rules.ts'
import { findTunnel, insertTunnelIfNameIsFree, saveTunnel } from './store.ts'

type Asked = Pick<FastifyRequest, 'world' | 'moment' | 'lagMs' | 'noted_behaviours'>

export function listTunnels(asked: Asked, account_id: string, query: TunnelListQuery) {
  const { world, moment, lagMs } = asked
  const { db, behaviour } = world
  const filter = { ...filterOf(query, behaviour), visible_until: visibleUntil(moment.now, lagMs) }
  const window = { limit: query.per_page, offset: (query.page - 1) * query.per_page }

  const { items, total } = tunnelPage(db, account_id, filter, window, moment)
  const connectors = behaviour.connections_gone
    ? undefined
    : trackedConnectorsByTunnel(db, account_id, items.filter(hasTracked), moment)
  const tunnels = items.map(tunnel => presentTunnel(tunnel, connectors && (connectors.get(tunnel.id) ?? []), behaviour))
  return page(tunnels, { page: query.page, per_page: query.per_page, count: items.length, total_count: total })
}

export function addTunnel(asked: Asked, account_id: string, body: TunnelCreate) {
  const { world, moment } = asked
  const { db, ids } = world
  const fresh = { id: ids.uuid(), secret: ids.secret(), now: moment.now }

  const tunnel = createTunnel(account_id, body, fresh, world.secret_min_bytes)
  requireFreeName(insertTunnelIfNameIsFree(db, tunnel))
  tell(world, 'tunnel_created', tunnel, fresh.now)
  const created = { ...tunnel, ...NEVER_CONNECTED }
  return created
}

/** A tunnel, deleted or not (recorded: get_deleted), once it is old enough to be seen. */
export function readTunnel(asked: Asked, { account_id, tunnel_id }: TunnelPath) {
  const { world, moment, lagMs } = asked

  const found = requireFound(findTunnel(world.db, account_id, tunnel_id, moment))
  const tunnel = requireVisible(found, visibleUntil(moment.now, lagMs))
  return { tunnel, connectors: () => (hasTracked(tunnel) ? trackedConnectors(world.db, tunnel, moment) : []) }
}

export function removeTunnel(asked: Asked, { account_id, tunnel_id }: TunnelPath, cascade: boolean) {
  const { world, moment } = asked
  const { db, behaviour } = world

  const found = requireFound(findTunnel(db, account_id, tunnel_id, moment))
  const tracked = trackedConnectors(db, found, moment).flatMap(({ connections }) => connections)
  const deleted = deleteTunnel(found, tracked, { cascade, now: moment.now, behaviour })
  tellingStatus(world, found, moment.now, () => {
    db.transaction(() => {
      markClosed(db, deleted, tracked, moment.now)
      saveTunnel(db, deleted)
    })
    tellConnections(world, 'connection_closed', deleted, tracked, moment.now, 'tunnel deleted')
  })
  if (found.deleted_at === null) tell(world, 'tunnel_deleted', deleted, moment.now)
  if (found.deleted_at !== null) noteBehaviour(asked, 'delete_again')
  else if (tracked.length > 0) noteBehaviour(asked, 'delete_cascade')
  return { ...deleted, live: false }
}

interface Division {
  readonly cut: readonly ConnectionRecord[]
  readonly kept: readonly ConnectionRecord[]
}

export function dropConnections(
  asked: Asked,
  { account_id, tunnel_id }: TunnelPath,
  divide: (tracked: readonly ConnectionRecord[]) => Division,
): void {
  const { world, moment } = asked
  const { db } = world

  const tunnel = requireFound(findTunnel(db, account_id, tunnel_id, moment))
  const { cut, kept } = divide(trackedConnectors(db, tunnel, moment).flatMap(({ connections }) => connections))
  tellingStatus(world, tunnel, moment.now, () => {
    db.transaction(() => {
      markClosed(db, tunnel, cut, moment.now)
      saveTunnel(db, afterLoss(tunnel, kept, moment.now))
    })
    tellConnections(world, 'connection_closed', tunnel, cut, moment.now, CLEANED_UP)
  })
  if (cut.length === 0) noteBehaviour(asked, 'clean_up_nothing')
}
