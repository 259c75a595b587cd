import type { Input, Result } from '../../schemas/control/control.ts'
import type { Context } from './context.ts'

export function reset({ world, worlds }: Context, { to = 'seed' }: Input<'reset'>): Result<'reset'> {
  worlds.reset(world, to)
  return { done: true }
}

export function getState({ world, worlds }: Context): Result<'getState'> {
  // Runs the jobs that are due, so that the state holds what they change.
  world.now()
  return worlds.data.read(world.db)
}

export function putState({ world, worlds }: Context, state: Input<'putState'>): Result<'putState'> {
  worlds.replace(world, state)
  return { done: true }
}
