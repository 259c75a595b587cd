import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Clock } from '../world/clock.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import type { Entry } from './entry.ts'
import type { Extensions, WorldFacts, WorldHooks } from './extensions.ts'
import { sessionOf, textOfSession } from './session.ts'
import type { WorldStorage } from './storage.ts'

/** A world that was closed to make room. Its file, and a note beside it, have the rest. */
export interface ClosedWorld {
  readonly clock: Clock
  readonly facts: WorldFacts
  /** When the facts change by themselves. */
  readonly due: Timestamp | undefined
  isReportCleared: boolean
}

/**
 * Saves what a world has in memory, so that it can be closed; undefined if something lives only
 * there, or if it cannot be saved.
 */
export function closeForRoom(
  entry: Entry,
  storage: Pick<WorldStorage, 'putNote'>,
  hooks: Pick<WorldHooks, 'stepsToCome' | 'factsOf'>,
): ClosedWorld | undefined {
  const { world, snapshots } = entry
  const { id, clock, scheduler } = world
  if (snapshots.list().length > 0) return undefined
  if (scheduler.hasOwnJobs()) world.now()
  if (scheduler.hasOwnJobs()) return undefined

  try {
    storage.putNote(id, textOfSession(sessionOf(entry, hooks)))
  } catch (error) {
    if (isStorageFailure(error)) return undefined
    throw error
  }
  return { clock, facts: hooks.factsOf(world, clock.now()), due: scheduler.next(), isReportCleared: false }
}

/** What is known of a world that is not open; undefined if that may be wrong by now. */
export function factsOfClosed({ clock, facts, due }: ClosedWorld): WorldFacts | undefined {
  const now = clock.now()
  return due !== undefined && due <= now ? undefined : { ...facts, now }
}

/** What the list of worlds keeps of a world for the next server. */
export interface KeptFacts {
  readonly facts: WorldFacts
  /** The clock of the next server starts no earlier. */
  readonly not_before: Timestamp | undefined
}

/** `world`: it ends now. */
export function keptFactsOf({ world }: Entry, { data, hooks }: Extensions): KeptFacts {
  const now = world.clock.now()
  const facts = hooks.factsOf(world, now)
  const isConnected = facts.statuses.healthy + facts.statuses.degraded > 0
  return { facts: hooks.factsAfterStop(facts), not_before: isConnected ? now : data.lastChange(world.db) }
}

/** What a list shows of a world that nobody has asked for since the server started. */
export function factsOfStored({ facts, not_before = '' }: KeptFacts, clock: Clock): WorldFacts {
  const now = clock.now()
  return { ...facts, now: now < not_before ? not_before : now, frozen: clock.isFrozen() }
}
