import type { Finding } from '../../schemas/control/lint.ts'
import type { NamedState, State } from '../../schemas/state.ts'
import type { Database } from '../store/database.ts'
import { isPersistent } from '../store/heartbeat.ts'
import { createClock } from '../world/clock.ts'
import { steadyMillis } from '../world/steady-time.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import { createBusyIds } from './busy-ids.ts'
import { closeEntry, type Entry, startEntry } from './entry.ts'
import type { Extensions, WorldLimits } from './extensions.ts'
import { createGoneWorlds, type Removal } from './gone-worlds.ts'
import { createInitialDatabases } from './initial-database.ts'
import {
  clockOf,
  createSeededWorld,
  type InitialState,
  initialStateOfFork,
  type PreparedWorld,
  prepareWorld,
  startClockAfterData,
  startUnless,
  stepsOf,
} from './initial-state.ts'
import { type Life, lifeOf, type Origin, originNow } from './life.ts'
import { createSnapshots, initialStateFrom, initialStateOfSnapshot, type Snapshots } from './snapshots.ts'
import { runInTurns, type Work } from './turns.ts'
import { throwWorldsError } from './worlds-error.ts'

/** The world without `/w/{id}` in its address. */
export const MAIN_WORLD_ID = 'main'

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
  const busy = createBusyIds()
  const gone = createGoneWorlds(world_idle_ms)
  const initialDatabases = createInitialDatabases(seeds, data)

  const entryOf = (id: string): Entry => entries.get(id) ?? throwWorldsError('gone', gone.explain(id))

  const snapshotsOf = ({ id }: World): Snapshots => entryOf(id).snapshots

  const add = (world: World, origin: Origin, snapshots = createSnapshots(extensions)): World => {
    entries.set(world.id, startEntry(world, origin, snapshots, hooks))
    return world
  }

  /** Adds a world whose data is complete. */
  const begin = (world: World, origin: Origin, initial: InitialState, snapshots?: Snapshots): World => {
    add(world, origin, snapshots)
    hooks.loaded(world, stepsOf(initial), world.clock.now())
    return world
  }

  /** The main world has the events about the other worlds, because it stays. */
  const announce = (type: 'world_created' | 'world_deleted', world_id: string, reason?: string): void => {
    const { events, now } = entryOf(MAIN_WORLD_ID).world
    events.emit({ at: now(), type, world_id, ...(reason !== undefined && { reason }) })
  }

  const remove = (id: string, why: Removal): void => {
    if (id === MAIN_WORLD_ID) throwWorldsError('refused', 'the main world cannot be deleted; reset it instead')
    closeEntry(entryOf(id))
    entries.delete(id)
    gone.add(id, why)
    announce('world_deleted', id, why === 'idle' ? why : undefined)
  }

  const dropIdle = (): void => {
    if (entries.size === 1) return
    const oldest = steadyMillis() - world_idle_ms
    for (const [id, { lastUsed }] of entries) if (id !== MAIN_WORLD_ID && lastUsed < oldest) remove(id, 'idle')
  }

  const isTaken = (id: string): boolean => entries.has(id) || busy.has(id)

  /** After a reset, a random seed repeats ids that other worlds may still use. */
  const unusedId = (base: World): string => {
    const id = base.ids.uuid().slice(0, 8)
    return isTaken(id) ? unusedId(base) : id
  }

  const prepare = function* (id: string, initial: InitialState, before?: World): Work<PreparedWorld> {
    const database = yield* initialDatabases.open(initial, createClock(settings.frozen_at).now(), before?.db)
    return yield* prepareWorld(id, database, settings, extensions, initial, before)
  }

  /** Requests use the old world until the new one is complete. */
  const replaceWith = async (world: World, initial: InitialState): Promise<World> => {
    const { id } = world
    if (busy.has(id)) throwWorldsError('refused', `world ${id} is being replaced: try again when that is done`)

    const entry = entryOf(id)
    return busy.run(id, async () => {
      const prepared = await runInTurns(prepare(id, initial, entry.world), id)
      const replacement = startUnless(entries.get(id) !== entry, prepared)
      entry.end('replaced')
      if (replacement.db !== entry.world.db) entry.world.db.close()
      begin(replacement, entry.origin, initial, entry.snapshots)
      const [at, { snapshot }] = [replacement.clock.now(), initial]
      replacement.events.emit({ at, type: 'world_reset' })
      if (snapshot !== undefined) replacement.events.emit({ at, type: 'snapshot_restored', snapshot })
      return replacement
    })
  }

  /**
   * Creates a world from "seed", "empty", a snapshot of `base`, or "current", a copy of `base`
   * without its scheduled jobs. By default it gets an unused id.
   */
  const create = async (from: string, base: World, requestedId?: string): Promise<World> => {
    dropIdle()
    if (requestedId !== undefined && isTaken(requestedId)) {
      throwWorldsError('refused', `there is a world ${requestedId} already: delete, reset or reuse it`)
    }
    if (new Set([...entries.keys(), ...busy.ids()]).size > max_worlds) {
      throwWorldsError('refused', `there are ${max_worlds} worlds already: delete one, or allow more with --max-worlds`)
    }
    const id = requestedId ?? unusedId(base)
    const initial =
      from === 'current' ? initialStateOfFork(base) : initialStateFrom(from, seeds, snapshotsOf(base), ', "current"')
    return busy.run(id, async () => {
      const prepared = await runInTurns(prepare(id, initial), base.id)
      const world = begin(startUnless(entries.size === 0, prepared), originNow(from), initial)
      announce('world_created', id)
      return world
    })
  }

  const isNew = mainDb.isInMemory || data.isEmpty(mainDb)
  if (isNew && seeds.length === 0) add(createWorld(MAIN_WORLD_ID, mainDb, settings), originNow('empty'))
  else if (isNew)
    begin(createSeededWorld(MAIN_WORLD_ID, mainDb, seeds, settings, data), originNow('seed'), { states: seeds })
  else {
    const world = add(createWorld(MAIN_WORLD_ID, mainDb, settings), originNow(null))
    hooks.reopened(world)
    startClockAfterData(world, data)
    hooks.loaded(world, [], world.clock.now())
  }
  if (isPersistent(mainDb)) entryOf(MAIN_WORLD_ID).world.now()

  return {
    /** The schema and the state format of all worlds. */
    data,

    limits: { max_worlds, world_idle_ms },

    lifeOf: ({ id }: World): Life => {
      const { origin, lastUsed } = entryOf(id)
      return lifeOf(origin, lastUsed, id === MAIN_WORLD_ID ? undefined : world_idle_ms)
    },

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

    whyGone: gone.explain,

    /** Starts the idle time of a world again. Looking at a world does not. */
    markUsed: ({ id }: World): void => {
      const entry = entries.get(id)
      if (entry) entry.lastUsed = steadyMillis()
    },

    list: (): readonly World[] => {
      dropIdle()
      return [...entries.values()].map(({ world }) => world)
    },

    create,

    /** Returns the world with this id as it is, and creates it if there is none. */
    createOrReuse: async (from: string, base: World, id: string): Promise<World> => {
      dropIdle()
      // Of several callers for one id, the first creates it, unless that fails.
      while (!entries.has(id) && busy.has(id)) await busy.settled(id)
      const entry = entries.get(id)
      if (!entry) return create(from, base, id)
      entry.lastUsed = steadyMillis()
      return entry.world
    },

    remove: (id: string): void => remove(id, 'deleted'),

    /** Resets everything of a world but its snapshots and events. */
    reset: async (world: World, to: string): Promise<World> =>
      replaceWith(world, initialStateFrom(to, seeds, snapshotsOf(world))),

    /** Resets a world to a given state. */
    replace: (world: World, state: State): Promise<World> =>
      replaceWith(world, { states: [{ name: 'state', state }], clock: clockOf(world), drawn: world.ids.drawn() }),

    /** Resets a world to a snapshot, whose name may be "seed" or "empty". */
    restore: async (world: World, name: string, keep: InitialState['keep'] = []): Promise<World> =>
      replaceWith(world, { ...initialStateOfSnapshot(snapshotsOf(world).find(name)), keep }),

    snapshotsOf,

    /** What was created in a world since its data was loaded, and not deleted. */
    leftoversOf: ({ id }: World): readonly Finding[] => entryOf(id).created.list(),

    close: (): void => {
      for (const entry of entries.values()) {
        if (isPersistent(entry.world.db)) hooks.stopping(entry.world)
        closeEntry(entry)
      }
      entries.clear()
      initialDatabases.close()
    },
  }
}
