/**
 * Worlds share one event loop and take turns on it, so that a busy world delays the others by one of
 * its requests, and not by all of them. Nothing waits while the loop is free.
 */
import { setImmediate } from 'node:timers'
import { steadyMillis } from '../world/steady-time.ts'
import { FairQueue } from './fair-queue.ts'

/**
 * How long a world goes on while others wait, and how long requests run before the server looks who
 * else arrived. Dozens of small requests fit in.
 */
const TURN_MS = 5

/** Long work in small pieces: it yields after each, and a piece takes a fraction of a turn. */
export type Work<Result> = Generator<void, Result>

type Run = () => void

/** One for each thread, because all its worlds share its event loop. */
const waiting = new FairQueue<Run>()
let turn = { world_id: '', since: 0 }
/** When the requests began that run without waiting; undefined if none did since the last pump. */
let freeSince: number | undefined
let isPumping = false

/** Calls `run` at once if nobody waits, else when it is the turn of this world. */
export function takeTurn(world_id: string, run: Run): void {
  const now = steadyMillis()
  if (!waiting.isEmpty || (freeSince !== undefined && now - freeSince >= TURN_MS)) {
    waiting.add(world_id, run)
    return
  }
  if (freeSince === undefined) {
    freeSince = now
    pumpSoon()
  }
  turn = { world_id, since: now }
  run()
}

/** Lets others take their turn first, also those who arrived just now. */
export function nextTurn(world_id: string): Promise<void> {
  return new Promise(resolve => {
    waiting.add(world_id, resolve)
    pumpSoon()
  })
}

/** An immediate runs after everything that arrived was read. Faked timers do not affect this one. */
function pumpSoon(): void {
  if (isPumping) return
  isPumping = true
  setImmediate(pump)
}

/** Lets one of those run that wait. */
function pump(): void {
  isPumping = false
  const wasFree = freeSince !== undefined
  freeSince = undefined
  if (waiting.isEmpty) return
  pumpSoon()
  // Requests ran just now, and who arrived meanwhile was not read yet.
  if (wasFree) return

  const now = steadyMillis()
  if (now - turn.since >= TURN_MS || !waiting.has(turn.world_id)) {
    turn = { world_id: waiting.nextAfter(turn.world_id), since: now }
  }
  waiting.take(turn.world_id)()
}

export function runAtOnce<Result>(work: Work<Result>): Result {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

/** Long work of other worlds, which waits for the one that runs: only one takes memory at a time. */
const waitingWork = new FairQueue<Run>()
/** The world whose long work runs. */
let working: string | undefined

/** Runs work for a world in turns with everything else. What fits into one turn runs at once. */
export async function runInTurns<Result>(work: Work<Result>, world_id: string): Promise<Result> {
  const first = runForOneTurn(work)
  if (first.done) return first.value

  if (working === undefined) working = world_id
  else await new Promise<void>(resolve => waitingWork.add(world_id, resolve))
  try {
    for (;;) {
      await nextTurn(world_id)
      const step = runForOneTurn(work)
      if (step.done) return step.value
    }
  } finally {
    endWork(world_id)
  }
}

function runForOneTurn<Result>(work: Work<Result>): IteratorResult<void, Result> {
  const end = steadyMillis() + TURN_MS
  let step = work.next()
  while (!step.done && steadyMillis() < end) step = work.next()
  return step
}

function endWork(world_id: string): void {
  working = waitingWork.isEmpty ? undefined : waitingWork.nextAfter(world_id)
  if (working !== undefined) waitingWork.take(working)()
}
