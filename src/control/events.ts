import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { Context } from './context.ts'

export function listEvents(
  { world }: Context,
  { after = 0, limit, worlds }: Input<'listEvents'>,
): Result<'listEvents'> {
  if (worlds !== undefined) {
    throw new ControlError('invalid', 'worlds=all is a stream: ask for it over HTTP with Accept: text/event-stream')
  }
  // Runs the jobs that are due, so that the list has their events.
  world.now()
  return world.events.after(after).slice(0, limit)
}
