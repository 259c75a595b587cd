import type { FastifyRequest } from 'fastify'
import { noteBehaviour } from '../../../gateway/evidence-header.ts'
import { allZones, isDefaultZone } from '../../zones/default-zone.ts'

/**
 * The names of the active zones of an account. While no seed names zones, the default zone belongs
 * to every account (assumed: access_default_zone).
 */
export function zoneNamesOf(
  request: Pick<FastifyRequest, 'world' | 'noted_behaviours'>,
  account_id: string,
): readonly string[] {
  const { db } = request.world
  const active = allZones(db).filter(({ status }) => status === 'active')
  const own = active.filter(zone => zone.account_id === account_id)
  if (own.length > 0) return own.map(({ name }) => name)

  const shared = active.filter(({ id }) => isDefaultZone(db, id))
  if (shared.length > 0) noteBehaviour(request, 'access_default_zone')
  return shared.map(({ name }) => name)
}
