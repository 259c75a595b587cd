import type { Snapshot } from '../../schemas/control/world.ts'
import type { NamedState, State } from '../../schemas/state.ts'
import { startReacting } from '../simulation/on-events.ts'
import { stopConnectors, takeOver } from '../simulation/server-restart.ts'
import type { Database } from '../store/database.ts'
import { outlivesProcess } from '../store/heartbeat.ts'
import { createClock } from '../world/clock.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import { createInitialDatabases } from './seed-image.ts'
import { begin, clockOf, copyOf, type Start, snapshotAs, startOfSnapshot } from './start.ts'
import type { WorldData } from './world-data.ts'

/** The world that is reached without naming one. */
export const MAIN = 'main'

export interface WorldLimits {
  /** Worlds at once, the main one not counted. */
  readonly max_worlds: number
  /** A world that nobody asked for this long is dropped; the main one never is. Milliseconds of real time. */
  readonly world_idle_ms: number
}

/** What cannot be done with worlds and snapshots, in one clear line. */
export class WorldsError extends Error {
  readonly kind: 'unknown' | 'refused'

  constructor(kind: 'unknown' | 'refused', message: string) {
    super(message)
    this.kind = kind
  }
}

interface Entry {
  readonly world: World
  readonly stopReacting: () => void
  readonly snapshots: Map<string, Snapshot>
  /** Real time, in milliseconds. */
  lastUsed: number
}

export type Worlds = ReturnType<typeof createWorlds>

/** The main world, on its database, and the worlds that are made beside it, each in memory. Throws for a broken seed. */
export function createWorlds(
  mainDb: Database,
  seeds: readonly NamedState[],
  settings: WorldSettings,
  { max_worlds, world_idle_ms }: WorldLimits,
  data: WorldData,
) {
  const entries = new Map<string, Entry>()
  const initialDatabaseFor = createInitialDatabases(seeds, data)

  const entryOf = (id: string): Entry => entries.get(id) ?? fail('unknown', `there is no world ${id}`)

  const enter = (world: World, snapshots = new Map<string, Snapshot>()): World => {
    entries.set(world.id, { world, stopReacting: startReacting(world), snapshots, lastUsed: Date.now() })
    return world
  }

  const retire = ({ world, stopReacting }: Entry): void => {
    stopReacting()
    world.end()
  }

  const remove = (id: string): void => {
    if (id === MAIN) fail('refused', 'the main world cannot be deleted; reset it instead')
    retire(entryOf(id))
    entryOf(id).world.db.close()
    entries.delete(id)
  }

  const dropIdle = (): void => {
    if (entries.size === 1) return
    const oldest = Date.now() - world_idle_ms
    for (const [id, { lastUsed }] of entries) if (id !== MAIN && lastUsed < oldest) remove(id)
  }

  /** After a reset a seed gives the same ids again, while the worlds that had them may still be there. */
  const freeId = (base: World): string => {
    const id = base.ids.uuid().slice(0, 8)
    return entries.has(id) ? freeId(base) : id
  }

  const snapshotOf = (world: World, name: string): Snapshot =>
    entryOf(world.id).snapshots.get(name) ?? fail('unknown', `there is no snapshot ${name}`)

  /** What "seed", "empty" or the name of a snapshot of `world` stands for. */
  const startOf = (from: string, world: World): Start => {
    if (from === 'seed') return { states: seeds }
    if (from === 'empty') return { states: [] }

    return startOfSnapshot(snapshotOf(world, from))
  }

  const beginAnew = (id: string, start: Start, before?: World): World => {
    const initial = initialDatabaseFor(start, createClock(settings.frozen_at).now(), before?.db)
    try {
      return begin(id, initial, settings, data, start, before?.events)
    } catch (error) {
      if (initial.db !== before?.db) initial.db.close()
      throw error
    }
  }

  const restart = (world: World, start: Start): World => {
    const entry = entryOf(world.id)
    const fresh = beginAnew(world.id, start, world)
    retire(entry)
    if (fresh.db !== world.db) world.db.close()
    enter(fresh, entry.snapshots)
    fresh.events.emit({ at: fresh.clock.now(), type: 'world_reset' })
    return fresh
  }

  if (mainDb.isInMemory || data.isEmpty(mainDb))
    enter(begin(MAIN, { db: mainDb, isSeeded: seeds.length === 0 }, settings, data, { states: seeds }))
  else {
    takeOver(enter(createWorld(MAIN, mainDb, settings)))
  }
  if (outlivesProcess(mainDb)) entryOf(MAIN).world.now()

  return {
    /** How the data of each world is stored and described. */
    data,

    main: (): World => entryOf(MAIN).world,

    /** The world with this id, which counts as asked for; undefined when there is none, or none any more. */
    find: (id: string): World | undefined => {
      dropIdle()
      const entry = entries.get(id)
      if (entry && id !== MAIN) entry.lastUsed = Date.now()
      return entry?.world
    },

    /** The same; throws when there is none. */
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
     * A new world from "seed", "empty", a snapshot of `base`, or "current": a copy of `base` without what is on its agenda. Its
     * id is free when nobody wants a certain one.
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
      if (from === 'current') return enter(copyOf(base, id, settings))
      return enter(beginAnew(id, startOf(from, base)))
    },

    remove,

    /** Everything of a world starts anew: data, clock, chance, faults, journal, agenda. Its snapshots and events go on. */
    reset: (world: World, to: string): World => restart(world, startOf(to, world)),

    /** The same, with a state given. */
    replace: (world: World, state: State): World =>
      restart(world, { states: [{ name: 'state', state }], clock: clockOf(world), drawn: world.ids.drawn() }),

    /** The same, with a snapshot, whatever its name. */
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
      for (const entry of entries.values()) {
        if (outlivesProcess(entry.world.db)) stopConnectors(entry.world)
        retire(entry)
        entry.world.db.close()
      }
    },
  }
}

function fail(kind: WorldsError['kind'], message: string): never {
  throw new WorldsError(kind, message)
}
