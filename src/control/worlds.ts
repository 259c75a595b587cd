import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { WorldSummary } from '../../schemas/control/world.ts'
import type { WorldFacts } from '../worlds/extensions.ts'
import { idInFamilyOf, isSameFamily } from '../worlds/families.ts'
import { runInTurns, type Work } from '../worlds/turns.ts'
import { throwWorldsError } from '../worlds/worlds-error.ts'
import { addressesOf } from './addresses.ts'
import type { Context } from './context.ts'

export async function createWorld(
  context: Context,
  { from = 'seed' }: Input<'createWorld'>,
): Promise<Result<'createWorld'>> {
  const { id } = await context.worlds.create(from, context.world)
  return summaryOf(context, id)
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
  return summaryOf(context, id)
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

/** A world may end meanwhile, and the file of one may be damaged. */
function* summariesOf(context: Context): Work<WorldSummary[]> {
  const { worlds } = context
  const summaries: WorldSummary[] = []
  for (const id of worlds.ids()) {
    const facts = worlds.factsOf(id)
    if (facts) summaries.push(present(context, id, facts))
    yield
  }
  return summaries
}

export function deleteWorld({ worlds }: Context, { id }: Input<'deleteWorld'>): Result<'deleteWorld'> {
  worlds.remove(id)
  return { done: true }
}

/** Throws if the world ended meanwhile. */
function summaryOf(context: Context, id: string): WorldSummary {
  const { worlds } = context
  return present(context, id, worlds.factsOf(id) ?? throwWorldsError('gone', worlds.whyGone(id)))
}

function present({ world: asked, worlds, url }: Context, id: string, facts: WorldFacts): WorldSummary {
  const { from, created_at, last_used_at, dropped_at } = worlds.lifeOf(id)
  return {
    id,
    ...addressesOf({ id }, url),
    ...facts,
    from,
    ...(asked.clock.isFrozen() ? NO_TIMES : { created_at, last_used_at, dropped_at }),
  }
}

const NO_TIMES = { created_at: null, last_used_at: null, dropped_at: null }
