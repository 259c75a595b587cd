import type { Input, Result } from '../../schemas/control/control.ts'
import type { Context } from './context.ts'

export function listEvents({ world }: Context, { after = 0 }: Input<'listEvents'>): Result<'listEvents'> {
  // Runs the jobs that are due, so that the list has their events.
  world.now()
  return [...world.events.after(after)]
}
