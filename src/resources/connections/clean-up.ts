import type { FastifyRequest } from 'fastify'
import type { TunnelPath } from '../../../schemas/identifiers.ts'
import type { ConnectionRecord } from '../../../schemas/records.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { CLEAN_UP_REASON } from '../tunnels/events.ts'
import { requireTunnel } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { closeConnections } from './ledger.ts'
import { trackedConnections } from './store.ts'

type RequestContext = Pick<FastifyRequest, 'world' | 'moment' | 'noted_behaviours'>

/**
 * Drops the tracked connections that `choose` returns. The current and the deprecated path share
 * it.
 */
export function cleanUpConnections(
  request: RequestContext,
  { account_id, tunnel_id }: TunnelPath,
  choose: (tracked: readonly ConnectionRecord[]) => readonly ConnectionRecord[],
): void {
  const { world, moment } = request

  const tunnel = requireTunnel(findTunnel(world.db, account_id, tunnel_id, moment))
  const dropped = choose(trackedConnections(world.db, tunnel, moment))
  closeConnections(world, tunnel, dropped, moment.now, { reason: CLEAN_UP_REASON })
  if (dropped.length === 0) noteBehaviour(request, 'clean_up_nothing')
}
