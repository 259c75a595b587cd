import type { Input, Result } from '../../schemas/control/control.ts'
import type { WorldSummary } from '../../schemas/control/world.ts'
import { countTunnels } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { addressesOf } from './addresses.ts'
import type { Context } from './context.ts'

export async function createWorld(
  { world, worlds, url }: Context,
  { from = 'seed' }: Input<'createWorld'>,
): Promise<Result<'createWorld'>> {
  return summaryOf(await worlds.create(from, world), url)
}

/**
 * Because the caller knows the id, a load balancer can route this request like those that follow
 * it.
 */
export async function createWorldAs(
  { world, worlds, url }: Context,
  { id, from = 'seed' }: Input<'createWorldAs'>,
): Promise<Result<'createWorldAs'>> {
  return summaryOf(await worlds.create(from, world, id), url)
}

export function listWorlds({ worlds, url }: Context): Result<'listWorlds'> {
  return worlds.list().map(world => summaryOf(world, url))
}

export function deleteWorld({ worlds }: Context, { id }: Input<'deleteWorld'>): Result<'deleteWorld'> {
  worlds.remove(id)
  return { done: true }
}

function summaryOf(world: World, url: string): WorldSummary {
  return {
    id: world.id,
    ...addressesOf(world, url),
    now: world.clock.now(),
    tunnels: countTunnels(world.db),
  }
}
