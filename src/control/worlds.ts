import type { Input, Result } from '../../schemas/control/control.ts'
import type { WorldSummary } from '../../schemas/control/world.ts'
import { countByStatus, countTunnels } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { addressesOf } from './addresses.ts'
import type { Context } from './context.ts'

export async function createWorld(
  context: Context,
  { from = 'seed' }: Input<'createWorld'>,
): Promise<Result<'createWorld'>> {
  return summaryOf(context, await context.worlds.create(from, context.world))
}

/**
 * Because the caller knows the id, a load balancer can route this request like those that follow
 * it.
 */
export async function createWorldAs(
  context: Context,
  { id, from = 'seed', if_exists = 'refuse' }: Input<'createWorldAs'>,
): Promise<Result<'createWorldAs'>> {
  const { worlds, world } = context
  const create = if_exists === 'reuse' ? worlds.createOrReuse : worlds.create
  await create(from, world, id)
  // A reset of a world that existed may have replaced it meanwhile.
  return summaryOf(context, worlds.get(id))
}

export function listWorlds(context: Context): Result<'listWorlds'> {
  return context.worlds.list().map(world => summaryOf(context, world))
}

export function deleteWorld({ worlds }: Context, { id }: Input<'deleteWorld'>): Result<'deleteWorld'> {
  worlds.remove(id)
  return { done: true }
}

function summaryOf({ world: asked, worlds, url }: Context, world: World): WorldSummary {
  const { id, clock, db, faults, requestLog } = world
  const now = clock.now()
  const { from, created_at, last_used_at, dropped_at } = worlds.lifeOf(world)
  return {
    id,
    ...addressesOf(world, url),
    now,
    frozen: clock.isFrozen(),
    tunnels: countTunnels(db),
    statuses: countByStatus(db, world.momentAt(now)),
    requests: requestLog.size(),
    faults: faults.list(now).filter(({ exhausted }) => !exhausted).length,
    from,
    ...(asked.clock.isFrozen() ? NO_TIMES : { created_at, last_used_at, dropped_at }),
  }
}

const NO_TIMES = { created_at: null, last_used_at: null, dropped_at: null }
