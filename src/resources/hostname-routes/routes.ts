import {
  HostnameRoute,
  HostnameRouteCreate,
  HostnameRouteListQuery,
  HostnameRoutePath,
  HostnameRouteUpdate,
} from '../../../schemas/hostname-route.ts'
import { AccountPath } from '../../../schemas/identifiers.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, pageResponseModels, responseModels } from '../../gateway/route.ts'
import type { Database } from '../../store/database.ts'
import { pageOf } from '../network-list.ts'
import { NETWORK_READ, NETWORK_WRITE } from '../network-permissions.ts'
import { HOSTNAME_ROUTE_ERRORS } from './errors.ts'
import { HOSTNAME_ROUTE_OPERATIONS as OPERATIONS } from './operation-ids.ts'
import { addHostnameRoute, changeHostnameRoute, deleteHostnameRoute } from './operations.ts'
import { presentHostnameRoute } from './present.ts'
import { passesFilters, requireHostnameRoute } from './rules.ts'
import { findLiveHostnameRoute, hostnameRoutesOf, type NamedHostnameRoute } from './store.ts'

const COLLECTION = '/accounts/:account_id/zerotrust/routes/hostname'
const ITEM = `${COLLECTION}/:hostname_route_id`
const tags = ['Hostname Routes']

const { hostname_route_not_found, hostname_route_exists } = HOSTNAME_ROUTE_ERRORS

export function hostnameRouteRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: NETWORK_READ },
      schema: {
        operationId: OPERATIONS.list,
        summary: 'List hostname routes',
        description: 'Returns the hostname routes of an account, page by page. Deleted ones only on request.',
        tags,
        params: AccountPath,
        querystring: HostnameRouteListQuery,
        response: pageResponseModels(HostnameRoute),
      },
    },
    ({ world, params, query }) => {
      const routes = hostnameRoutesOf(world.db, params.account_id).filter(route => passesFilters(route, query))
      return pageOf(routes, query, presentHostnameRoute)
    },
  )

  app.post(
    COLLECTION,
    {
      config: { permission: NETWORK_WRITE, errors: [hostname_route_exists] },
      schema: {
        operationId: OPERATIONS.create,
        summary: 'Create a hostname route',
        description: 'Routes a private hostname through a tunnel.',
        tags,
        params: AccountPath,
        body: HostnameRouteCreate,
        response: responseModels(HostnameRoute),
      },
    },
    request => ok(presentHostnameRoute(addHostnameRoute(request, request.params.account_id, request.body))),
  )

  app.get(
    ITEM,
    {
      config: { permission: NETWORK_READ, errors: [hostname_route_not_found] },
      schema: {
        operationId: OPERATIONS.get,
        summary: 'Get a hostname route',
        description: 'Returns one hostname route that is not deleted.',
        tags,
        params: HostnameRoutePath,
        response: responseModels(HostnameRoute),
      },
    },
    ({ world, params }) => ok(presentHostnameRoute(hostnameRouteIn(world.db, params))),
  )

  app.patch(
    ITEM,
    {
      config: { permission: NETWORK_WRITE, errors: [hostname_route_not_found, hostname_route_exists] },
      schema: {
        operationId: OPERATIONS.update,
        summary: 'Update a hostname route',
        description: 'Changes the hostname, the tunnel or the comment.',
        tags,
        params: HostnameRoutePath,
        body: HostnameRouteUpdate,
        response: responseModels(HostnameRoute),
      },
    },
    request => {
      const route = hostnameRouteIn(request.world.db, request.params)
      return ok(presentHostnameRoute(changeHostnameRoute(request, route, request.body)))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: NETWORK_WRITE, errors: [hostname_route_not_found] },
      schema: {
        operationId: OPERATIONS.delete,
        summary: 'Delete a hostname route',
        description: 'Marks it as deleted. Lists of deleted routes still have it.',
        tags,
        params: HostnameRoutePath,
        response: responseModels(HostnameRoute),
      },
    },
    ({ world, params, moment }) =>
      ok(presentHostnameRoute(deleteHostnameRoute(world, hostnameRouteIn(world.db, params), moment.now))),
  )
}

/** Finds the hostname route in the path of a request. */
function hostnameRouteIn(db: Database, { account_id, hostname_route_id }: HostnameRoutePath): NamedHostnameRoute {
  return requireHostnameRoute(findLiveHostnameRoute(db, account_id, hostname_route_id))
}
