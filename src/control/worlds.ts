import { Done, WorldAddress, WorldClaim, WorldCreate, WorldSummary } from '../../schemas/control/world.ts'
import { Type } from '../../schemas/typebox.ts'
import { countTunnels } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { action } from './action.ts'
import { addressesOf } from './addresses.ts'

export const createWorld = action(
  { method: 'POST', path: '/worlds', summary: 'Make a world of its own', body: WorldCreate, result: WorldSummary },
  ({ world, worlds, url }, { from = 'seed' }) => summary(worlds.create(from, world), url),
)

/** An id that the caller knows beforehand: a load balancer can send this request where it will send those to the world. */
export const createWorldAs = action(
  {
    method: 'PUT',
    path: '/worlds/:id',
    summary: 'Make a world under an id of your own',
    params: WorldClaim,
    body: WorldCreate,
    result: WorldSummary,
  },
  ({ world, worlds, url }, { id, from = 'seed' }) => summary(worlds.create(from, world, id), url),
)

export const listWorlds = action(
  { method: 'GET', path: '/worlds', summary: 'List the worlds', result: Type.Array(WorldSummary) },
  ({ worlds, url }) => worlds.list().map(world => summary(world, url)),
)

export const deleteWorld = action(
  { method: 'DELETE', path: '/worlds/:id', summary: 'Free a world', params: WorldAddress, result: Done },
  ({ worlds }, { id }) => {
    worlds.remove(id)
    return { done: true as const }
  },
)

function summary(world: World, url: string): WorldSummary {
  return {
    id: world.id,
    ...addressesOf(world, url),
    now: world.clock.now(),
    tunnels: countTunnels(world.db),
  }
}
