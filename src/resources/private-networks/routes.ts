import { AccountPath } from '../../../schemas/identifiers.ts'
import { Route, RouteCreate, RouteListQuery, RoutePath, RouteUpdate, Teamnet } from '../../../schemas/network-route.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, pageResponseModels, responseModels } from '../../gateway/route.ts'
import { pageOf } from '../network-list.ts'
import { NETWORK_READ, NETWORK_WRITE } from '../network-permissions.ts'
import { networksOf } from './default-network.ts'
import { NETWORK_ERRORS } from './errors.ts'
import { selectRoutes } from './list.ts'
import { NETWORK_OPERATIONS } from './operation-ids.ts'
import { presentRoute, presentTeamnet } from './present.ts'
import { addRoute, changeRoute, deleteRoute } from './route-operations.ts'
import { requireRoute } from './rules.ts'
import { findLiveRoute, routesOf } from './store.ts'

const COLLECTION = '/accounts/:account_id/teamnet/routes'
const ITEM = `${COLLECTION}/:route_id`
const tags = ['Private Networks']

const { route_exists, route_not_found, virtual_network_not_found } = NETWORK_ERRORS

export function privateNetworkRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: NETWORK_READ },
      schema: {
        operationId: NETWORK_OPERATIONS.list_routes,
        summary: 'List private network routes',
        description: 'Returns the routes of an account, newest first, page by page. Deleted ones only on request.',
        tags,
        params: AccountPath,
        querystring: RouteListQuery,
        response: pageResponseModels(Teamnet),
      },
    },
    request => {
      const { world, params, query } = request
      const networks = networksOf(world.db, params.account_id)
      const routes = selectRoutes(routesOf(world.db, params.account_id), query, world.changes)
      return pageOf(routes, query, route => presentTeamnet(route, networks))
    },
  )

  app.post(
    COLLECTION,
    {
      config: { permission: NETWORK_WRITE, errors: [route_exists, virtual_network_not_found] },
      schema: {
        operationId: NETWORK_OPERATIONS.create_route,
        summary: 'Create a private network route',
        description: 'Routes a private network through a tunnel.',
        tags,
        params: AccountPath,
        body: RouteCreate,
        response: responseModels(Route),
      },
    },
    request => ok(presentRoute(addRoute(request, request.params.account_id, request.body))),
  )

  app.get(
    ITEM,
    {
      config: { permission: NETWORK_READ, errors: [route_not_found] },
      schema: {
        operationId: NETWORK_OPERATIONS.get_route,
        summary: 'Get a private network route',
        description: 'Returns one route that is not deleted.',
        tags,
        params: RoutePath,
        response: responseModels(Route),
      },
    },
    ({ world, params }) => ok(presentRoute(requireRoute(findLiveRoute(world.db, params.account_id, params.route_id)))),
  )

  app.patch(
    ITEM,
    {
      config: { permission: NETWORK_WRITE, errors: [route_not_found, route_exists, virtual_network_not_found] },
      schema: {
        operationId: NETWORK_OPERATIONS.update_route,
        summary: 'Update a private network route',
        description: 'Changes the network, the tunnel, the virtual network or the comment.',
        tags,
        params: RoutePath,
        body: RouteUpdate,
        response: responseModels(Route),
      },
    },
    request => {
      const { world, params, body } = request
      const route = requireRoute(findLiveRoute(world.db, params.account_id, params.route_id))
      return ok(presentRoute(changeRoute(request, route, body)))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: NETWORK_WRITE, errors: [route_not_found] },
      schema: {
        operationId: NETWORK_OPERATIONS.delete_route,
        summary: 'Delete a private network route',
        description: 'Marks it as deleted. Lists of deleted routes still have it.',
        tags,
        params: RoutePath,
        response: responseModels(Route),
      },
    },
    request => {
      const { world, params, moment } = request
      const route = requireRoute(findLiveRoute(world.db, params.account_id, params.route_id))
      return ok(presentRoute(deleteRoute(world, route, moment.now)))
    },
  )
}
