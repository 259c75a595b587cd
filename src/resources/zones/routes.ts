import type { FastifyRequest } from 'fastify'
import { ENVELOPES } from '../../../schemas/envelope.ts'
import { ZonePath } from '../../../schemas/identifiers.ts'
import { Zone, ZoneListQuery } from '../../../schemas/zone.ts'
import { isPermitted } from '../../gateway/auth.ts'
import { numberedPage, ok } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { type App, familyModels } from '../../gateway/route.ts'
import { allZones, isDefaultZone } from './default-zone.ts'
import { ZONE_ERRORS } from './errors.ts'
import { selectZones } from './list.ts'
import { ZONE_OPERATIONS } from './operation-ids.ts'
import { ZONE_LIST, ZONE_READ } from './permissions.ts'
import { presentZone } from './present.ts'
import { requireZone } from './require-zone.ts'

const models = familyModels(ENVELOPES.zones)
const tags = ['Zones']

export function zoneRoutes(app: App): void {
  app.get(
    '/zones',
    {
      config: { permission: ZONE_LIST, has_gateway_headers: true },
      schema: {
        operationId: ZONE_OPERATIONS.list,
        summary: 'List zones',
        description: 'Returns the zones that the credentials cover, by name, page by page.',
        tags,
        querystring: ZoneListQuery,
        response: models.page(Zone),
      },
    },
    request => {
      const { query, world } = request
      const zones = allZones(world.db)
        .filter(({ id, account_id }) => isPermitted(request, ZONE_LIST, { account_id, zone_id: id }))
        .map(zone => presentZone(world.db, zone))
      const { items, total } = selectZones(zones, query)
      for (const zone of items) noteZoneBehaviours(request, zone)
      return numberedPage([...items], { page: query.page, per_page: query.per_page, total_count: total })
    },
  )

  app.get(
    '/zones/:zone_id',
    {
      config: { permission: ZONE_READ, errors: [ZONE_ERRORS.zone_unknown] },
      schema: {
        operationId: ZONE_OPERATIONS.get,
        summary: 'Get a zone',
        description: 'Returns one zone.',
        tags,
        params: ZonePath,
        response: models.ok(Zone),
      },
    },
    request => {
      const zone = presentZone(request.world.db, requireZone(request))
      noteZoneBehaviours(request, zone)
      return ok(zone)
    },
  )
}

function noteZoneBehaviours(request: FastifyRequest, { id, plan }: Zone): void {
  if (isDefaultZone(request.world.db, id)) noteBehaviour(request, 'zone_default')
  if (plan.legacy_id !== 'free') noteBehaviour(request, 'zone_plans')
}
