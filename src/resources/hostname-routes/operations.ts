/** The writes on hostname routes. */
import type { FastifyRequest } from 'fastify'
import type { EventType } from '../../../schemas/control/event.ts'
import type { HostnameRouteCreate, HostnameRouteRecord, HostnameRouteUpdate } from '../../../schemas/hostname-route.ts'
import type { TunnelRecord } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { TunnelDeletion, World } from '../../world/world.ts'
import { requireLive, requireTunnel } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { createHostnameRoute, requireFreeHostname, updateHostnameRoute } from './rules.ts'
import { isHostnameFree, liveHostnameRoutesOfTunnel, type NamedHostnameRoute, saveHostnameRoute } from './store.ts'

type RequestContext = Pick<FastifyRequest, 'world' | 'moment'>

export function addHostnameRoute(
  request: RequestContext,
  account_id: string,
  body: HostnameRouteCreate,
): NamedHostnameRoute {
  const { world, moment } = request
  const route = createHostnameRoute(body, { account_id, id: world.ids.uuid(), now: moment.now })
  return save(request, route, 'hostname_route_created')
}

export function changeHostnameRoute(
  request: RequestContext,
  route: HostnameRouteRecord,
  change: HostnameRouteUpdate,
): NamedHostnameRoute {
  return save(request, updateHostnameRoute(route, change), 'hostname_route_updated')
}

/** The answer shows when the route was deleted (assumed: hostname_route_delete_answer). */
export function deleteHostnameRoute<T extends HostnameRouteRecord>(world: World, route: T, now: Timestamp): T {
  const deleted = { ...route, deleted_at: now }
  saveHostnameRoute(world.db, deleted)
  emitHostnameRouteEvent(world, 'hostname_route_deleted', deleted, now)
  return deleted
}

/** Deletes the routes of a tunnel with it (assumed: hostname_routes_go_with_tunnel). */
export function deleteHostnameRoutesOfTunnel(world: World, tunnel: TunnelRecord, { now }: TunnelDeletion): void {
  for (const route of liveHostnameRoutesOfTunnel(world.db, tunnel)) deleteHostnameRoute(world, route, now)
}

/** A route leads to a tunnel that exists (assumed: hostname_route_tunnel). */
function save({ world, moment }: RequestContext, route: HostnameRouteRecord, event: EventType): NamedHostnameRoute {
  const { db } = world
  const tunnel = db.transaction(() => {
    const found = requireLive(requireTunnel(findTunnel(db, route.account_id, route.tunnel_id, moment)))
    requireFreeHostname(isHostnameFree(db, route))
    saveHostnameRoute(db, route)
    return found
  })
  emitHostnameRouteEvent(world, event, route, moment.now)
  return { ...route, tunnel_name: tunnel.name }
}

function emitHostnameRouteEvent(
  { events }: World,
  type: EventType,
  { account_id, tunnel_id, id }: HostnameRouteRecord,
  at: Timestamp,
): void {
  events.emit({ at, type, account_id, tunnel_id, hostname_route_id: id })
}
