import type { Snapshot } from '../../schemas/control/world.ts'
import type { NamedState, State } from '../../schemas/state.ts'
import type { Database } from '../store/database.ts'
import { isPersistent } from '../store/heartbeat.ts'
import { createClock } from '../world/clock.ts'
import { steadyMillis } from '../world/steady-time.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import type { Extensions } from './extensions.ts'
import {
  clockOf,
  forkWorld,
  type InitialState,
  initializeWorld,
  initialStateOfSnapshot,
  startClockAfterData,
  takeSnapshot,
} from './initial-state.ts'
import { createInitialDatabaseFactory } from './seed-image.ts'

/** The world without `/w/{id}` in its address. */
export const MAIN_WORLD_ID = 'main'

export interface WorldLimits {
  /** Maximum number of worlds, not counting the main one. */
  readonly max_worlds: number
  /** Deletes a world after this time without use, in real time. The main world stays. */
  readonly world_idle_ms: number
}

/** Explains in one line why an operation on worlds or snapshots failed. */
export class WorldsError extends Error {
  override readonly name = 'WorldsError'
  readonly kind: 'unknown' | 'refused'

  constructor(kind: 'unknown' | 'refused', message: string) {
    super(message)
    this.kind = kind
  }
}

interface Entry {
  readonly world: World
  readonly end: () => void
  readonly snapshots: Map<string, Snapshot>
  /** In milliseconds of `steadyMillis`. */
  lastUsed: number
}

export type Worlds = ReturnType<typeof createWorlds>

/**
 * Manages the main world and other worlds, which are always in memory. Throws for an invalid seed.
 */
export function createWorlds(
  mainDb: Database,
  seeds: readonly NamedState[],
  settings: WorldSettings,
  { max_worlds, world_idle_ms }: WorldLimits,
  extensions: Extensions,
) {
  const { data, hooks } = extensions
  const entries = new Map<string, Entry>()
  const initialDatabaseFor = createInitialDatabaseFactory(seeds, data)

  const entryOf = (id: string): Entry => entries.get(id) ?? throwWorldsError('unknown', `there is no world ${id}`)

  const add = (world: World, snapshots = new Map<string, Snapshot>()): World => {
    const stop = hooks.started(world)
    const end = (): void => {
      stop()
      world.end()
    }
    entries.set(world.id, { world, end, snapshots, lastUsed: steadyMillis() })
    return world
  }

  const remove = (id: string): void => {
    if (id === MAIN_WORLD_ID) throwWorldsError('refused', 'the main world cannot be deleted; reset it instead')
    const { world, end } = entryOf(id)
    end()
    world.db.close()
    entries.delete(id)
  }

  const dropIdle = (): void => {
    if (entries.size === 1) return
    const oldest = steadyMillis() - world_idle_ms
    for (const [id, { lastUsed }] of entries) if (id !== MAIN_WORLD_ID && lastUsed < oldest) remove(id)
  }

  /** After a reset, a random seed repeats ids that other worlds may still use. */
  const unusedId = (base: World): string => {
    const id = base.ids.uuid().slice(0, 8)
    return entries.has(id) ? unusedId(base) : id
  }

  const snapshotOf = (world: World, name: string): Snapshot =>
    entryOf(world.id).snapshots.get(name) ?? throwWorldsError('unknown', `there is no snapshot ${name}`)

  /** `from`: "seed", "empty" or the name of a snapshot of `world`. `others`: what else it may be. */
  const initialStateFrom = (from: string, world: World, others = ''): InitialState => {
    if (from === 'seed') return { states: seeds }
    if (from === 'empty') return { states: [] }

    const snapshot = entryOf(world.id).snapshots.get(from)
    if (snapshot) return initialStateOfSnapshot(snapshot)
    return throwWorldsError('unknown', `"${from}" is not "seed", "empty"${others} or the name of a snapshot`)
  }

  const createInitialized = (id: string, initialState: InitialState, before?: World): World => {
    const initial = initialDatabaseFor(initialState, createClock(settings.frozen_at).now(), before?.db)
    try {
      return initializeWorld(id, initial, settings, extensions, initialState, before?.events)
    } catch (error) {
      if (initial.db !== before?.db) initial.db.close()
      throw error
    }
  }

  const replaceWith = (world: World, initialState: InitialState): World => {
    const entry = entryOf(world.id)
    const replacement = createInitialized(world.id, initialState, world)
    entry.end()
    if (replacement.db !== world.db) world.db.close()
    add(replacement, entry.snapshots)
    replacement.events.emit({ at: replacement.clock.now(), type: 'world_reset' })
    return replacement
  }

  if (mainDb.isInMemory || data.isEmpty(mainDb))
    add(
      initializeWorld(MAIN_WORLD_ID, { db: mainDb, isSeeded: seeds.length === 0 }, settings, extensions, {
        states: seeds,
      }),
    )
  else {
    const world = add(createWorld(MAIN_WORLD_ID, mainDb, settings))
    hooks.reopened(world)
    startClockAfterData(world, data)
    hooks.loaded(world, [], world.clock.now())
  }
  if (isPersistent(mainDb)) entryOf(MAIN_WORLD_ID).world.now()

  return {
    /** The schema and the state format of all worlds. */
    data,

    main: (): World => entryOf(MAIN_WORLD_ID).world,

    find: (id: string): World | undefined => {
      dropIdle()
      return entries.get(id)?.world
    },

    /** Like `find`, but throws for an unknown id. */
    get: (id: string): World => {
      dropIdle()
      return entryOf(id).world
    },

    /** Starts the idle time of a world again. Looking at a world does not. */
    markUsed: ({ id }: World): void => {
      const entry = entries.get(id)
      if (entry) entry.lastUsed = steadyMillis()
    },

    list: (): readonly World[] => {
      dropIdle()
      return [...entries.values()].map(({ world }) => world)
    },

    /**
     * Creates a world from "seed", "empty", a snapshot of `base`, or "current", a copy of `base`
     * without its scheduled jobs. By default it gets an unused id.
     */
    create: (from: string, base: World, requestedId?: string): World => {
      dropIdle()
      if (requestedId !== undefined && entries.has(requestedId)) {
        throwWorldsError('refused', `there is a world ${requestedId} already: delete or reset it`)
      }
      if (entries.size > max_worlds) {
        throwWorldsError(
          'refused',
          `there are ${max_worlds} worlds already: delete one, or allow more with --max-worlds`,
        )
      }
      const id = requestedId ?? unusedId(base)
      if (from === 'current') return add(forkWorld(base, id, settings, extensions))
      return add(createInitialized(id, initialStateFrom(from, base, ', "current"')))
    },

    remove,

    /**
     * Resets the data, clock, random numbers, faults, request log and scheduled jobs of a world. It
     * keeps its snapshots and events.
     */
    reset: (world: World, to: string): World => replaceWith(world, initialStateFrom(to, world)),

    /** Resets a world to a given state. */
    replace: (world: World, state: State): World =>
      replaceWith(world, { states: [{ name: 'state', state }], clock: clockOf(world), drawn: world.ids.drawn() }),

    /** Resets a world to a snapshot, whose name may be "seed" or "empty". */
    restore: (world: World, name: string): World => replaceWith(world, initialStateOfSnapshot(snapshotOf(world, name))),

    snapshot: (world: World, name: string): Snapshot => structuredClone(snapshotOf(world, name)),

    snapshots: (world: World): readonly Snapshot[] => [...entryOf(world.id).snapshots.values()],

    saveSnapshot: (world: World, name: string): Snapshot => {
      const snapshot = takeSnapshot(name, world, data)
      entryOf(world.id).snapshots.set(name, snapshot)
      return snapshot
    },

    removeSnapshot: (world: World, name: string): void => {
      if (!entryOf(world.id).snapshots.delete(name)) throwWorldsError('unknown', `there is no snapshot ${name}`)
    },

    close: (): void => {
      for (const { world, end } of entries.values()) {
        if (isPersistent(world.db)) hooks.stopping(world)
        end()
        world.db.close()
      }
    },
  }
}

function throwWorldsError(kind: WorldsError['kind'], message: string): never {
  throw new WorldsError(kind, message)
}
