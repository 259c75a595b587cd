import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { WorldSummary } from '../../schemas/control/world.ts'
import { countByStatus, countTunnels } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { idInFamilyOf, isSameFamily } from '../worlds/families.ts'
import { runInTurns, type Work } from '../worlds/turns.ts'
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
  if (worlds.behind_balancer) requirePlace(context, id, from)
  const create = if_exists === 'reuse' ? worlds.createOrReuse : worlds.create
  await create(from, world, id)
  // A reset of a world that existed may have replaced it meanwhile.
  return summaryOf(context, worlds.get(id))
}

/** A world that the balancer sends elsewhere would be lost as soon as it is created. */
function requirePlace({ world, named_world }: Context, id: string, from: string): void {
  if (isSameFamily(world.id, id)) return
  // The balancer found this server by the id of the new world. Only the data of the server is the same everywhere.
  if (named_world === undefined && (from === 'seed' || from === 'empty')) return

  const ways = `call it ${idInFamilyOf(world.id, id)}, or PUT /_mockflared/worlds/${id} with "seed" or "empty"`
  throw new ControlError('refused', `the balancer sends world ${id} to another server than world ${world.id}: ${ways}`)
}

export function listWorlds(context: Context): Promise<Result<'listWorlds'>> {
  return runInTurns(summariesOf(context), context.world.id)
}

/** A world may be deleted or reset meanwhile. */
function* summariesOf(context: Context): Work<WorldSummary[]> {
  const summaries: WorldSummary[] = []
  for (const { id } of context.worlds.list()) {
    const world = context.worlds.find(id)
    if (world) summaries.push(summaryOf(context, world))
    yield
  }
  return summaries
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
