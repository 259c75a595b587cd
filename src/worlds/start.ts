import type { Snapshot } from '../../schemas/control/world.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { schedule, scheduleExpiries } from '../simulation/scenario.ts'
import { openImage, type Store } from '../store/store.ts'
import type { Events } from '../world/events.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import { type NamedState, scenarioOf, stateOf, worldRecordsOf } from './state.ts'

/** What a world starts from: states, and a clock and chance that stand where they stood. */
export interface Start {
  readonly states: readonly NamedState[]
  readonly clock?: Snapshot['clock']
  readonly drawn?: number
}

/** A store, and whether what a world starts from is in it already. */
export interface Ground {
  readonly store: Store
  readonly isPlanted: boolean
}

/**
 * A world on a store that then holds what it starts from, and nothing else. A start that will not do throws a StateError, and
 * nothing is lost. `events` are those of the world whose place it takes.
 */
export function begin(
  id: string,
  { store, isPlanted }: Ground,
  settings: WorldSettings,
  { states, clock, drawn = 0 }: Start,
  events?: Events,
): World {
  const world = createWorld(id, store, settings, { ...(events && { events }), drawn })
  if (clock) setClock(world, clock)

  const now = world.clock.now()
  if (!isPlanted) plant(world, states, now)
  if (states.length > 0) {
    schedule(world, scenarioOf(states), now)
    scheduleExpiries(world, now)
  }
  return world
}

function plant({ store, ids: { uuid, secret } }: World, states: readonly NamedState[], now: Timestamp): void {
  const records = worldRecordsOf(states, { uuid, secret, now })
  store.transaction(() => {
    store.clear()
    store.write(records)
  })
}

/** A copy in memory, with its clock. What is due is done first: a copy has no agenda that would do it later. */
export function copyOf(world: World, id: string, settings: WorldSettings): World {
  world.now()
  const copy = createWorld(id, openImage(world.store.image()), settings)
  const clock = clockOf(world)
  setClock(copy, clock)
  scheduleExpiries(copy, clock.now)
  return copy
}

export function snapshotAs(name: string, world: World): Snapshot {
  return {
    version: 1,
    name,
    clock: clockOf(world),
    drawn: world.ids.drawn(),
    state: stateOf(world.store.read()),
  }
}

export function startOfSnapshot({ name, state, clock, drawn }: Snapshot): Start {
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
