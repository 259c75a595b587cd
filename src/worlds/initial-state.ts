import type { RestoreRequest, Snapshot } from '../../schemas/control/snapshot.ts'
import type { NamedState, ScenarioStep } from '../../schemas/state.ts'
import type { Database } from '../store/database.ts'
import type { Draft } from '../store/draft.ts'
import { announceFaults } from '../world/faults/announcements.ts'
import { createWorld, type Inheritance, type World, type WorldSettings } from '../world/world.ts'
import { copyData } from './copy.ts'
import type { Extensions } from './extensions.ts'
import { scenarioOf } from './state-format.ts'
import { runAtOnce, type Work } from './turns.ts'
import type { WorldData } from './world-data.ts'
import { throwWorldsError } from './worlds-error.ts'

/** The data that a world starts with: states, or a copy of another database. */
export interface InitialState {
  readonly states: readonly NamedState[]
  readonly source?: Database
  /** Whether the source belongs to a world that runs on. */
  readonly isFork?: boolean
  readonly clock?: Snapshot['clock']
  /** The number of random bytes drawn. */
  readonly drawn?: number
  /** The steps of a snapshot. Those of states are in the states. */
  readonly scenario?: readonly ScenarioStep[]
  /** The name of the snapshot that it is from. */
  readonly snapshot?: string
  /**
   * What the world keeps of the one that it replaces: the request log with its report, the faults.
   */
  readonly keep?: RestoreRequest['keep']
}

/** A draft, and whether it has its data already. */
export interface InitialDatabase {
  readonly draft: Draft
  readonly isLoaded: boolean
}

/** A world that is complete but not in use yet. */
export interface PreparedWorld {
  /** Throws if the storage fails, and changes nothing. */
  readonly start: () => World
  readonly discard: () => void
}

/**
 * Prepares a world whose database contains its initial state and nothing else. Throws a StateError
 * for an invalid state. `before`: the world that it replaces.
 */
export function* prepareWorld(
  id: string,
  { draft, isLoaded }: InitialDatabase,
  settings: WorldSettings,
  { data, hooks }: Extensions,
  initial: InitialState,
  before?: World,
): Work<PreparedWorld> {
  const { states, source, isFork, clock, drawn = 0 } = initial
  const world = createWorld(id, draft.target, settings, { ...inheritanceFrom(before, initial), drawn })
  if (clock) setClock(world, clock)
  const now = world.clock.now()
  const { uuid, secret } = world.ids
  try {
    if (draft.hasOldData) data.clear(draft.db)
    if (!isLoaded) yield* source ? copyData(source, draft.db, data) : data.load(draft.db, states, { uuid, secret, now })
    if (isFork) hooks.copied(draft.db)
    startClockAfterData(world, data, draft.db)
  } catch (error) {
    draft.discard()
    throw error
  }
  return {
    start: () => {
      draft.commit()
      if (world.faults === before?.faults) world.faults.moveTo(announceFaults(world.events, world.scheduler), now)
      return world
    },
    discard: draft.discard,
  }
}

export function stepsOf({ states, scenario = [] }: InitialState): readonly ScenarioStep[] {
  return [...scenarioOf(states), ...scenario]
}

/** Events always stay, so that clients can follow a world through its resets. */
function inheritanceFrom(before: World | undefined, { keep = [] }: InitialState): Inheritance {
  if (!before) return {}
  const { events, requestLog, report, faults } = before
  return {
    events,
    ...(keep.includes('requests') && { requestLog, report }),
    ...(keep.includes('faults') && { faults }),
  }
}

/** Discards the world if it cannot start, or if it is too late for it. */
export function startUnless(isOver: boolean, { start, discard }: PreparedWorld): World {
  try {
    return isOver ? throwWorldsError('refused', 'the world or the server ended meanwhile') : start()
  } catch (error) {
    discard()
    throw error
  }
}

/** Creates a world on an empty database, and loads states into it. Throws for an invalid state. */
export function createSeededWorld(
  id: string,
  db: Database,
  states: readonly NamedState[],
  settings: WorldSettings,
  data: WorldData,
): World {
  const world = createWorld(id, db, settings)
  const { uuid, secret } = world.ids
  db.transaction(() => runAtOnce(data.load(db, states, { uuid, secret, now: world.clock.now() })))
  startClockAfterData(world, data)
  return world
}

/**
 * The clock starts no earlier than the last change in the data. Otherwise a connection that was
 * lost "later" would be pending until the clock gets there.
 */
export function startClockAfterData(
  { id, clock, warn, ...world }: World,
  { lastChange }: WorldData,
  db = world.db,
): void {
  const [now, last] = [clock.now(), lastChange(db)]
  if (last === undefined || last <= now) return

  clock.catchUp(last)
  warn(`the clock of world ${id} starts at ${last}, when its data last changed, and not at ${now}`)
}

/** Due jobs run first, because a fork has no jobs. */
export function initialStateOfFork(world: World): InitialState {
  world.now()
  return { states: [], source: world.db, isFork: true, clock: clockOf(world) }
}

export function clockOf({ clock }: World): Snapshot['clock'] {
  return { now: clock.now(), frozen: clock.isFrozen() }
}

function setClock({ clock }: World, { now, frozen }: Snapshot['clock']): void {
  if (frozen) clock.freeze(now)
  else clock.run(now)
}
