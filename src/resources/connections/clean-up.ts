import type { FastifyRequest } from 'fastify'
import type { TunnelPath } from '../../../schemas/identifiers.ts'
import type { ConnectionRecord } from '../../../schemas/records.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { CLEANED_UP } from '../tunnels/events.ts'
import { requireFound } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { closeConnections } from './ledger.ts'
import { trackedConnections } from './store.ts'

type Asked = Pick<FastifyRequest, 'world' | 'moment' | 'noted_behaviours'>

/**
 * Drops those of the tracked connections that `choose` returns, under the present path and the old
 * one alike.
 */
export function cleanUpConnections(
  asked: Asked,
  { account_id, tunnel_id }: TunnelPath,
  choose: (tracked: readonly ConnectionRecord[]) => readonly ConnectionRecord[],
): void {
  const { world, moment } = asked

  const tunnel = requireFound(findTunnel(world.db, account_id, tunnel_id, moment))
  const dropped = choose(trackedConnections(world.db, tunnel, moment))
  closeConnections(world, tunnel, dropped, moment.now, { reason: CLEANED_UP })
  if (dropped.length === 0) noteBehaviour(asked, 'clean_up_nothing')
}
