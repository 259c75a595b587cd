import type { Snapshot } from '../../schemas/control/world.ts'
import type { NamedState } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import { openImage } from '../store/memory.ts'
import type { Events } from '../world/events.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import type { Extensions } from './extensions.ts'
import { scenarioOf } from './state-format.ts'
import type { WorldData } from './world-data.ts'

/**
 * The initial states of a world. A snapshot adds its clock and the number of random bytes drawn.
 */
export interface InitialState {
  readonly states: readonly NamedState[]
  readonly clock?: Snapshot['clock']
  readonly drawn?: number
}

/** A database that may already contain the initial data of a world. */
export interface InitialDatabase {
  readonly db: Database
  readonly isSeeded: boolean
}

/**
 * Makes a world whose database contains its initial states and nothing else. Throws a StateError
 * for an invalid state and leaves the database unchanged. `events` come from the world it replaces.
 */
export function initializeWorld(
  id: string,
  { db, isSeeded }: InitialDatabase,
  settings: WorldSettings,
  { data, hooks }: Extensions,
  { states, clock, drawn = 0 }: InitialState,
  events?: Events,
): World {
  const world = createWorld(id, db, settings, { ...(events && { events }), drawn })
  if (clock) setClock(world, clock)

  if (!isSeeded) writeStates(world, data, states, world.clock.now())
  startClockAfterData(world, data)
  if (states.length > 0) hooks.loaded(world, scenarioOf(states), world.clock.now())
  return world
}

/**
 * The clock starts no earlier than the last change in the data. Otherwise a connection that was
 * lost "later" would be pending until the clock gets there.
 */
export function startClockAfterData({ id, db, clock, warn }: World, { lastChange }: WorldData): void {
  const [now, last] = [clock.now(), lastChange(db)]
  if (last === undefined || last <= now) return

  clock.catchUp(last)
  warn(`the clock of world ${id} starts at ${last}, when its data last changed, and not at ${now}`)
}

function writeStates(
  { db, ids: { uuid, secret } }: World,
  data: WorldData,
  states: readonly NamedState[],
  now: Timestamp,
): void {
  const records = data.recordsOf(states, { uuid, secret, now })
  db.transaction(() => {
    data.clear(db)
    data.write(db, records)
  })
}

/** Copies a world and its clock in memory. Due jobs run first, because the fork has no jobs. */
export function forkWorld(world: World, id: string, settings: WorldSettings, { hooks }: Extensions): World {
  world.now()
  const fork = createWorld(id, openImage(world.db.image()), settings)
  const clock = clockOf(world)
  setClock(fork, clock)
  hooks.loaded(fork, [], clock.now)
  return fork
}

export function takeSnapshot(name: string, world: World, data: WorldData): Snapshot {
  return {
    version: 1,
    name,
    clock: clockOf(world),
    drawn: world.ids.drawn(),
    state: data.read(world.db),
  }
}

export function initialStateOfSnapshot({ name, state, clock, drawn }: Snapshot): InitialState {
  return {
    states: [{ name: `snapshot ${name}`, state }],
    clock,
    drawn,
  }
}

export function clockOf({ clock }: World): Snapshot['clock'] {
  return { now: clock.now(), frozen: clock.isFrozen() }
}

function setClock({ clock }: World, { now, frozen }: Snapshot['clock']): void {
  if (frozen) clock.freeze(now)
  else clock.run(now)
}
