import { type Network, parseIp } from '../../../schemas/cidr.ts'
import { RouteIpPath, RouteIpQuery, TeamnetOrNothing } from '../../../schemas/network-route.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { ok } from '../../gateway/envelope.ts'
import { GATEWAY_ERRORS } from '../../gateway/errors.ts'
import { type App, responseModels } from '../../gateway/route.ts'
import type { Database } from '../../store/database.ts'
import { NETWORK_READ } from '../network-permissions.ts'
import { findLiveNetwork, networksOf } from './default-network.ts'
import { mostSpecific } from './list.ts'
import { NETWORK_OPERATIONS } from './operation-ids.ts'
import { presentTeamnet } from './present.ts'
import { type NamedRoute, routesOf } from './store.ts'

export function routeByIpRoute(app: App): void {
  app.get(
    '/accounts/:account_id/teamnet/routes/ip/:ip',
    {
      config: { permission: NETWORK_READ },
      schema: {
        operationId: NETWORK_OPERATIONS.get_route_by_ip,
        summary: 'Get the private network route for an address',
        description: 'Returns the most specific route that contains the address, or an empty object.',
        tags: ['Private Networks'],
        params: RouteIpPath,
        querystring: RouteIpQuery,
        response: responseModels(TeamnetOrNothing),
      },
    },
    ({ world, params, query }) => {
      const route = mostSpecific(searched(world.db, params.account_id, query), requireIp(params.ip))
      return ok(route ? presentTeamnet(route, networksOf(world.db, params.account_id)) : {})
    },
  )
}

/**
 * The live routes of the named virtual network, or else of the default one
 * (documented: route_by_ip_network). Without the fallback, those of all of them
 * (assumed: route_by_ip_everywhere).
 */
function searched(db: Database, account_id: string, query: RouteIpQuery): readonly NamedRoute[] {
  const live = routesOf(db, account_id).filter(({ deleted_at }) => deleted_at === null)
  const { virtual_network_id, default_virtual_network_fallback } = query
  if (virtual_network_id === undefined && !default_virtual_network_fallback) return live

  const network = findLiveNetwork(db, account_id, virtual_network_id?.toLowerCase())
  return live.filter(route => route.virtual_network_id === network?.id)
}

/** (assumed: route_ip_form) */
function requireIp(text: string): Network {
  return (
    parseIp(text) ?? throwApiError(GATEWAY_ERRORS.input_invalid, 'Path deserialize error: invalid IP address syntax')
  )
}
