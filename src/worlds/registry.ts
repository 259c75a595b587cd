import type { Snapshot } from '../../schemas/control/world.ts'
import type { NamedState, State } from '../../schemas/state.ts'
import type { Database } from '../store/database.ts'
import { outlivesProcess } from '../store/heartbeat.ts'
import { createClock } from '../world/clock.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import type { Extensions } from './extensions.ts'
import { createInitialDatabases } from './seed-image.ts'
import { begin, clockOf, copyOf, type Start, snapshotAs, startOfSnapshot } from './start.ts'

/** The world that is reached without naming one. */
export const MAIN = 'main'

export interface WorldLimits {
  /** Worlds at once, the main one not counted. */
  readonly max_worlds: number
  /** A world without a request for this long is dropped; the main one never is. Real time. */
  readonly world_idle_ms: number
}

/** Says in one clear line why something cannot be done with worlds or snapshots. */
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
  /** Real time, in milliseconds. */
  lastUsed: number
}

export type Worlds = ReturnType<typeof createWorlds>

/**
 * The main world, on its database, and the worlds that are made beside it, each in memory. Throws
 * for a broken seed.
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
  const initialDatabaseFor = createInitialDatabases(seeds, data)

  const entryOf = (id: string): Entry => entries.get(id) ?? fail('unknown', `there is no world ${id}`)

  const enter = (world: World, snapshots = new Map<string, Snapshot>()): World => {
    const stop = hooks.started(world)
    const end = (): void => {
      stop()
      world.end()
    }
    entries.set(world.id, { world, end, snapshots, lastUsed: Date.now() })
    return world
  }

  const remove = (id: string): void => {
    if (id === MAIN) fail('refused', 'the main world cannot be deleted; reset it instead')
    const { world, end } = entryOf(id)
    end()
    world.db.close()
    entries.delete(id)
  }

  const dropIdle = (): void => {
    if (entries.size === 1) return
    const oldest = Date.now() - world_idle_ms
    for (const [id, { lastUsed }] of entries) if (id !== MAIN && lastUsed < oldest) remove(id)
  }

  /** After a reset, a random seed gives the same ids again, but worlds may still have them. */
  const freeId = (base: World): string => {
    const id = base.ids.uuid().slice(0, 8)
    return entries.has(id) ? freeId(base) : id
  }

  const snapshotOf = (world: World, name: string): Snapshot =>
    entryOf(world.id).snapshots.get(name) ?? fail('unknown', `there is no snapshot ${name}`)

  /** `from`: "seed", "empty" or the name of a snapshot of `world`. */
  const startOf = (from: string, world: World): Start => {
    if (from === 'seed') return { states: seeds }
    if (from === 'empty') return { states: [] }

    return startOfSnapshot(snapshotOf(world, from))
  }

  const beginWorld = (id: string, start: Start, before?: World): World => {
    const initial = initialDatabaseFor(start, createClock(settings.frozen_at).now(), before?.db)
    try {
      return begin(id, initial, settings, extensions, start, before?.events)
    } catch (error) {
      if (initial.db !== before?.db) initial.db.close()
      throw error
    }
  }

  const restart = (world: World, start: Start): World => {
    const entry = entryOf(world.id)
    const fresh = beginWorld(world.id, start, world)
    entry.end()
    if (fresh.db !== world.db) world.db.close()
    enter(fresh, entry.snapshots)
    fresh.events.emit({ at: fresh.clock.now(), type: 'world_reset' })
    return fresh
  }

  if (mainDb.isInMemory || data.isEmpty(mainDb))
    enter(begin(MAIN, { db: mainDb, isSeeded: seeds.length === 0 }, settings, extensions, { states: seeds }))
  else {
    hooks.reopened(enter(createWorld(MAIN, mainDb, settings)))
  }
  if (outlivesProcess(mainDb)) entryOf(MAIN).world.now()

  return {
    /** How the data of each world is stored and described. */
    data,

    main: (): World => entryOf(MAIN).world,

    /** Finds a world and marks it as used. */
    find: (id: string): World | undefined => {
      dropIdle()
      const entry = entries.get(id)
      if (entry && id !== MAIN) entry.lastUsed = Date.now()
      return entry?.world
    },

    /** The same; throws if there is none. */
    get: (id: string): World => {
      dropIdle()
      const entry = entryOf(id)
      entry.lastUsed = Date.now()
      return entry.world
    },

    list: (): readonly World[] => {
      dropIdle()
      return [...entries.values()].map(({ world }) => world)
    },

    /**
     * A new world from "seed", "empty", a snapshot of `base`, or "current": a copy of `base`
     * without its scheduled jobs. Without a wanted id it gets a free one.
     */
    create: (from: string, base: World, wanted?: string): World => {
      dropIdle()
      if (wanted !== undefined && entries.has(wanted)) {
        fail('refused', `there is a world ${wanted} already: delete or reset it`)
      }
      if (entries.size > max_worlds) {
        fail('refused', `there are ${max_worlds} worlds already: delete one, or allow more with --max-worlds`)
      }
      const id = wanted ?? freeId(base)
      if (from === 'current') return enter(copyOf(base, id, settings, extensions))
      return enter(beginWorld(id, startOf(from, base)))
    },

    remove,

    /**
     * Resets everything in a world: data, clock, random numbers, faults, request log, scheduled
     * jobs. Its snapshots and events go on.
     */
    reset: (world: World, to: string): World => restart(world, startOf(to, world)),

    /** The same, from a given state. */
    replace: (world: World, state: State): World =>
      restart(world, { states: [{ name: 'state', state }], clock: clockOf(world), drawn: world.ids.drawn() }),

    /** The same, from a snapshot, whose name may be "seed" or "empty". */
    restore: (world: World, name: string): World => restart(world, startOfSnapshot(snapshotOf(world, name))),

    snapshot: (world: World, name: string): Snapshot => structuredClone(snapshotOf(world, name)),

    snapshots: (world: World): readonly Snapshot[] => [...entryOf(world.id).snapshots.values()],

    saveSnapshot: (world: World, name: string): Snapshot => {
      const snapshot = snapshotAs(name, world, data)
      entryOf(world.id).snapshots.set(name, snapshot)
      return snapshot
    },

    removeSnapshot: (world: World, name: string): void => {
      if (!entryOf(world.id).snapshots.delete(name)) fail('unknown', `there is no snapshot ${name}`)
    },

    close: (): void => {
      for (const { world, end } of entries.values()) {
        if (outlivesProcess(world.db)) hooks.stopping(world)
        end()
        world.db.close()
      }
    },
  }
}

function fail(kind: WorldsError['kind'], message: string): never {
  throw new WorldsError(kind, message)
}
