import type { Input, Result } from '../../schemas/control/control.ts'
import { viewOf } from '../store/view.ts'
import type { Context } from './context.ts'
import { LargeResult } from './large-result.ts'

export async function reset({ world, worlds }: Context, { to = 'seed' }: Input<'reset'>): Promise<Result<'reset'>> {
  await worlds.reset(world, to)
  return { done: true }
}

export function getState({ world, worlds }: Context): LargeResult<Result<'getState'>> {
  // Runs the jobs that are due, so that the state holds what they change.
  world.now()
  const view = viewOf(world.db)
  return new LargeResult(worlds.data.read(view), view.release)
}

export async function putState({ world, worlds }: Context, state: Input<'putState'>): Promise<Result<'putState'>> {
  await worlds.replace(world, state)
  return { done: true }
}
