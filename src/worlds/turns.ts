/**
 * Long work in small pieces. It runs at once where nobody waits, and in turns with other requests
 * where a server must keep responding.
 */
import { setImmediate } from 'node:timers/promises'

/** Yields after each piece. */
export type Work<Result> = Generator<void, Result>

/** A piece takes up to 0.1 ms, such as a tunnel that is written. Small states take a single turn. */
export const PIECES_PER_TURN = 200

/** Lets other requests take their turn. Not affected by faked timers, which replace globals. */
export function nextTurn(): Promise<void> {
  return setImmediate()
}

export function runAtOnce<Result>(work: Work<Result>): Result {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

export async function runInTurns<Result>(work: Work<Result>): Promise<Result> {
  for (let pieces = 1; ; pieces += 1) {
    const step = work.next()
    if (step.done) return step.value
    if (pieces % PIECES_PER_TURN === 0) await nextTurn()
  }
}
