/** Operations on routes that the current and the older paths share. */
import type { FastifyRequest } from 'fastify'
import type { RouteCreate, RouteRecord, RouteUpdate } from '../../../schemas/network-route.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { World } from '../../world/world.ts'
import { requireLive, requireTunnel } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { findLiveNetwork } from './default-network.ts'
import { emitRouteEvent } from './events.ts'
import { createRoute, requireFreeNetwork, requireNetwork, updateRoute } from './rules.ts'
import { findRouteTo, saveRoute } from './store.ts'

type RequestContext = Pick<FastifyRequest, 'world' | 'moment'>

/**
 * Without a virtual network, a route belongs to the default one
 * (documented: route_default_network).
 */
export function addRoute({ world, moment }: RequestContext, account_id: string, body: RouteCreate): RouteRecord {
  const { db, ids } = world
  const birth = { account_id, id: ids.uuid(), now: moment.now }

  const route = db.transaction(() => {
    requireLiveTunnel({ world, moment }, account_id, body.tunnel_id)
    const network = requireNetwork(findLiveNetwork(db, account_id, body.virtual_network_id?.toLowerCase()))
    const created = createRoute(body, network.id, birth)
    requireFreeNetwork(created, findRouteTo(db, created))
    saveRoute(db, created)
    return created
  })
  emitRouteEvent(world, 'route_created', route, moment.now)
  return route
}

export function changeRoute(request: RequestContext, route: RouteRecord, body: RouteUpdate): RouteRecord {
  const { world, moment } = request
  const { db } = world
  const { account_id } = route

  const updated = db.transaction(() => {
    const changed = updateRoute(route, body)
    if (body.tunnel_id !== undefined) requireLiveTunnel(request, account_id, changed.tunnel_id)
    if (body.virtual_network_id !== undefined)
      requireNetwork(findLiveNetwork(db, account_id, changed.virtual_network_id))
    requireFreeNetwork(changed, findRouteTo(db, changed))
    saveRoute(db, changed)
    return changed
  })
  emitRouteEvent(world, 'route_updated', updated, moment.now)
  return updated
}

/** The answer shows when the route was deleted (assumed: route_delete_answer). */
export function deleteRoute(world: World, route: RouteRecord, now: Timestamp): RouteRecord {
  const deleted = { ...route, deleted_at: now }
  saveRoute(world.db, deleted)
  emitRouteEvent(world, 'route_deleted', deleted, now)
  return deleted
}

/** A route leads to a tunnel that exists (assumed: route_tunnel). */
function requireLiveTunnel({ world, moment }: RequestContext, account_id: string, tunnel_id: string): void {
  requireLive(requireTunnel(findTunnel(world.db, account_id, tunnel_id.toLowerCase(), moment)))
}
