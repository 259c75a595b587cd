import type { ClockMove } from '../../schemas/control/clock.ts'
import { action, perform, sayNotLoaded } from './act.ts'

let moving: Promise<unknown> = Promise.resolve()

/** Moves the clock: one move after the other, so that each has its own way back. */
export function move(change: ClockMove): void {
  moving = moving.then(() => make(change)).catch(sayNotLoaded)
}

async function make(change: ClockMove): Promise<void> {
  if (change.freeze || change.resume) await perform(action('moveClock', change))
  else await (await import('./clock-moves.ts')).moveTo(change)
}
