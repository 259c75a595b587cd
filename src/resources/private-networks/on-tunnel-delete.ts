import type { TunnelRecord } from '../../../schemas/records.ts'
import type { TunnelDeletion, World } from '../../world/world.ts'
import { deleteRoute } from './route-operations.ts'
import { requireNoRoutes } from './rules.ts'
import { liveRoutesOfTunnel } from './store.ts'

/** Deletes the routes of a tunnel with it, or prevents its deletion. */
export function deleteRoutesOfTunnel(world: World, tunnel: TunnelRecord, { now, cascade }: TunnelDeletion): void {
  const routes = liveRoutesOfTunnel(world.db, tunnel)
  requireNoRoutes(routes, { cascade, changes: world.changes })
  for (const route of routes) deleteRoute(world, route, now)
}
