/**
 * The older paths, which name the network (client: cidr_paths). Since 2026-10-05 they are gone
 * (documented: cidr_paths_gone).
 */
import type { FastifyRequest } from 'fastify'
import { parseNetwork } from '../../../schemas/cidr.ts'
import {
  CidrDeleteQuery,
  CidrPath,
  CidrQuery,
  CidrRouteCreate,
  CidrRouteUpdate,
  Route,
  type RouteRecord,
} from '../../../schemas/network-route.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { ok } from '../../gateway/envelope.ts'
import { GATEWAY_ERRORS } from '../../gateway/errors.ts'
import { type App, responseModels } from '../../gateway/route.ts'
import { NETWORK_WRITE } from '../network-permissions.ts'
import { includesCloudflared } from '../tunnels/rules.ts'
import { findLiveNetwork } from './default-network.ts'
import { NETWORK_ERRORS } from './errors.ts'
import { NETWORK_OPERATIONS } from './operation-ids.ts'
import { presentRoute } from './present.ts'
import { addRoute, changeRoute, deleteRoute } from './route-operations.ts'
import { canonicalNetwork, requireRoute } from './rules.ts'
import { findRouteTo } from './store.ts'

const PATH = '/accounts/:account_id/teamnet/routes/network/:ip_network_encoded'
const common = { deprecated: true, tags: ['Private Networks'], params: CidrPath, response: responseModels(Route) }

const { route_exists, route_not_found, virtual_network_not_found } = NETWORK_ERRORS

export function cidrPathRoutes(app: App): void {
  app.post(
    PATH,
    {
      config: {
        permission: NETWORK_WRITE,
        errors: [route_exists, virtual_network_not_found],
        removed_by: 'cidr_paths_gone',
      },
      schema: {
        ...common,
        operationId: NETWORK_OPERATIONS.create_route_with_cidr,
        summary: 'Create a private network route (older path)',
        description: 'Served before 2026-10-05, see `--behavior`.',
        body: CidrRouteCreate,
      },
    },
    request => {
      const { params, body } = request
      const network = requireCidr(params.ip_network_encoded)
      return ok(presentRoute(addRoute(request, params.account_id, { ...body, network })))
    },
  )

  app.patch(
    PATH,
    {
      config: { permission: NETWORK_WRITE, errors: [route_not_found], removed_by: 'cidr_paths_gone' },
      schema: {
        ...common,
        operationId: NETWORK_OPERATIONS.update_route_with_cidr,
        summary: 'Update a private network route (older path)',
        description: 'Served before 2026-10-05, see `--behavior`.',
        querystring: CidrQuery,
        body: CidrRouteUpdate,
      },
    },
    request => {
      const { params, query, body } = request
      const { virtual_network_id = query.virtual_network_id, ...change } = body
      const route = requireRouteTo(request, params, virtual_network_id)
      return ok(presentRoute(changeRoute(request, route, change)))
    },
  )

  app.delete(
    PATH,
    {
      config: { permission: NETWORK_WRITE, errors: [route_not_found], removed_by: 'cidr_paths_gone' },
      schema: {
        ...common,
        operationId: NETWORK_OPERATIONS.delete_route_with_cidr,
        summary: 'Delete a private network route (older path)',
        description: 'Served before 2026-10-05, see `--behavior`.',
        querystring: CidrDeleteQuery,
      },
    },
    request => {
      const { world, params, query, moment } = request
      const { tunnel_id, tun_type, virtual_network_id } = query
      const route = requireRouteTo(request, params, virtual_network_id)
      const isOfTunnel = tunnel_id === undefined || route.tunnel_id === tunnel_id.toLowerCase()
      const isOfType = tun_type === undefined || includesCloudflared([tun_type])
      return ok(presentRoute(deleteRoute(world, requireRoute(isOfTunnel && isOfType ? route : undefined), moment.now)))
    },
  )
}

/** Finds a route by its network; without a virtual network, in the default one. */
function requireRouteTo(
  { world }: Pick<FastifyRequest, 'world'>,
  { account_id, ip_network_encoded }: CidrPath,
  virtual_network_id: string | undefined,
): RouteRecord {
  const network = canonicalNetwork(requireCidr(ip_network_encoded))
  const virtualNetwork = findLiveNetwork(world.db, account_id, virtual_network_id?.toLowerCase())
  return requireRoute(
    virtualNetwork && findRouteTo(world.db, { account_id, network, virtual_network_id: virtualNetwork.id }),
  )
}

/** (assumed: route_ip_form) */
function requireCidr(text: string): string {
  if (!parseNetwork(text)) {
    throwApiError(GATEWAY_ERRORS.input_invalid, `Path deserialize error: invalid address: ${text}`)
  }
  return text
}
