import type { FastifyRequest } from 'fastify'
import type { ZoneRecord } from '../../../schemas/zone.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { findZone } from './default-zone.ts'
import { ZONE_ERRORS } from './errors.ts'

/** Finds the zone in the path of a request (assumed: zone_unknown). */
export function requireZone({ world, target }: Pick<FastifyRequest, 'world' | 'target'>): ZoneRecord {
  return findZone(world.db, target.zone_id ?? '') ?? throwApiError(ZONE_ERRORS.zone_unknown, target.path)
}
