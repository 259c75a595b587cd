import type { Finding } from '../../schemas/control/lint.ts'
import type { NamedState, State } from '../../schemas/state.ts'
import { isPersistent } from '../store/heartbeat.ts'
import { createClock } from '../world/clock.ts'
import { ignoreStorageFailure } from '../world/storage-failure.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import { createBusyIds } from './busy-ids.ts'
import type { Entry } from './entry.ts'
import type { Extensions, WorldLimits } from './extensions.ts'
import { idInFamilyOf } from './families.ts'
import { createGoneWorlds, type Removal } from './gone-worlds.ts'
import { createInitialDatabases } from './initial-database.ts'
import {
  clockOf,
  createSeededWorld,
  type InitialState,
  initialStateOfFork,
  type PreparedWorld,
  prepareWorld,
  startUnless,
} from './initial-state.ts'
import { kindOf, type Life, type Origin, originNow, originOfMain } from './life.ts'
import { createLives } from './lives.ts'
import { createOpenWorlds } from './open-worlds.ts'
import { refuseAtLimit, refuseTaken } from './refusals.ts'
import { initialStateFrom, initialStateOfSnapshot, type Snapshots } from './snapshots.ts'
import type { WorldStorage } from './storage.ts'
import { runInTurns, type Work } from './turns.ts'
import { throwWorldsError, WorldsError } from './worlds-error.ts'

/** The world without `/w/{id}` in its address. */
export const MAIN_WORLD_ID = 'main'

export type Worlds = ReturnType<typeof createWorlds>

/**
 * Manages the main world and other worlds. A world of an earlier server is opened when somebody asks
 * for it. Throws for an invalid seed.
 */
export function createWorlds(
  storage: WorldStorage,
  seeds: readonly NamedState[],
  settings: WorldSettings,
  { max_worlds, behind_balancer, world_idle_ms }: WorldLimits,
  extensions: Extensions,
) {
  const { data } = extensions
  const lives = createLives(world_idle_ms, storage)
  const open = createOpenWorlds(settings, extensions)
  const busy = createBusyIds()
  const gone = createGoneWorlds(world_idle_ms)
  const initialDatabases = createInitialDatabases(seeds, data, storage)

  const find = (id: string): Entry | undefined => open.get(id) ?? (lives.has(id) ? reopen(id) : undefined)

  const reopen = (id: string): Entry => {
    try {
      return open.reopen(id, storage.open(id))
    } catch (error) {
      settings.warn(`world ${id} cannot be opened: ${error instanceof Error ? error.message : error}`)
      return throwWorldsError('storage_failed', `world ${id} cannot be opened; the log of the server says why`)
    }
  }

  const findIfUsable = (id: string): Entry | undefined => {
    try {
      return find(id)
    } catch (error) {
      if (error instanceof WorldsError) return undefined
      throw error
    }
  }

  const entryOf = (id: string): Entry => find(id) ?? throwWorldsError('gone', gone.explain(id))

  const snapshotsOf = ({ id }: World): Snapshots => entryOf(id).snapshots

  /** The main world has the events about the other worlds, because it stays. */
  const announce = (type: 'world_created' | 'world_deleted', world_id: string, reason?: string): void => {
    const { events, now } = entryOf(MAIN_WORLD_ID).world
    events.emit({ at: now(), type, world_id, ...(reason !== undefined && { reason }) })
  }

  const remove = (id: string, why: Removal): void => {
    if (id === MAIN_WORLD_ID) throwWorldsError('refused', 'the main world cannot be deleted; reset it instead')
    if (!lives.has(id)) throwWorldsError('gone', gone.explain(id))
    storage.remove(id, () => open.close(id))
    lives.remove(id)
    gone.add(id, why)
    settings.counters.count('worlds_removed', why)
    announce('world_deleted', id, why === 'idle' ? why : undefined)
  }

  /** `id`: a world that somebody asks for. */
  const dropIdle = (id?: string): void => {
    const others = lives.idle()
    const dropped = id !== undefined && lives.isIdle(id) ? new Set([id, ...others]) : others
    for (const idle of dropped) ignoreStorageFailure(() => remove(idle, 'idle'))
  }

  const isTaken = (id: string): boolean => lives.has(id) || busy.has(id)

  /** After a reset, a random seed repeats ids that other worlds may still use. */
  const unusedId = (base: World): string => {
    const drawn = base.ids.uuid().slice(0, 8)
    const id = behind_balancer ? idInFamilyOf(base.id, drawn) : drawn
    return isTaken(id) ? unusedId(base) : id
  }

  const prepare = function* (id: string, origin: Origin, initial: InitialState, before?: World): Work<PreparedWorld> {
    const place = { id, origin, current: before?.db }
    const database = yield* initialDatabases.open(initial, createClock(settings.frozen_at).now(), place)
    return yield* prepareWorld(id, database, settings, extensions, initial, before)
  }

  /** Requests use the old world until the new one is complete. */
  const replaceWith = async (world: World, initial: InitialState): Promise<World> => {
    const { id } = world
    if (busy.has(id)) throwWorldsError('refused', `world ${id} is being replaced: try again when that is done`)

    const entry = entryOf(id)
    return busy.run(id, async () => {
      const prepared = await runInTurns(prepare(id, lives.of(id), initial, entry.world), id)
      const replacement = startUnless(open.get(id) !== entry, prepared)
      entry.end('replaced')
      if (replacement.db !== entry.world.db) entry.world.db.close()
      open.begin(replacement, initial, entry.snapshots)
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
    dropIdle(requestedId)
    if (requestedId !== undefined && isTaken(requestedId)) refuseTaken(settings, requestedId)
    if (new Set([...lives.ids(), ...busy.ids()]).size > max_worlds) refuseAtLimit(settings, max_worlds)
    const id = requestedId ?? unusedId(base)
    const initial =
      from === 'current' ? initialStateOfFork(base) : initialStateFrom(from, seeds, snapshotsOf(base), ', "current"')
    return busy.run(id, async () => {
      const origin = originNow(from)
      const prepared = await runInTurns(prepare(id, origin, initial), base.id)
      const world = startUnless(open.isEmpty(), prepared)
      lives.add(id, origin)
      open.begin(world, initial)
      announce('world_created', id)
      settings.counters.count('worlds_created', kindOf(from))
      return world
    })
  }

  const { main } = storage
  const isNew = main.isInMemory || data.isEmpty(main)
  lives.add(MAIN_WORLD_ID, originOfMain(isNew, seeds), true)
  lives.restore(storage.stored())
  if (!isNew) open.reopen(MAIN_WORLD_ID, main)
  else if (seeds.length === 0) open.start(createWorld(MAIN_WORLD_ID, main, settings))
  else open.begin(createSeededWorld(MAIN_WORLD_ID, main, seeds, settings, data), { states: seeds })
  if (isPersistent(main)) entryOf(MAIN_WORLD_ID).world.now()

  return {
    /** The schema and the state format of all worlds. */
    data,
    limits: { max_worlds, world_idle_ms },
    behind_balancer,
    counters: settings.counters,
    lifeOf: ({ id }: World): Life => lives.of(id),
    main: (): World => entryOf(MAIN_WORLD_ID).world,

    /** Throws for a world whose file cannot be used. */
    find: (id: string): World | undefined => {
      dropIdle(id)
      return find(id)?.world
    },

    /** Like `find`, but throws for an unknown id. */
    get: (id: string): World => {
      dropIdle(id)
      return entryOf(id).world
    },

    whyGone: gone.explain,

    /** Starts the idle time of a world again. Looking at a world does not. */
    markUsed: ({ id }: World): void => lives.markUsed(id),

    /** Without those whose files cannot be used. */
    list: (): readonly World[] => {
      dropIdle()
      return lives.ids().flatMap(id => findIfUsable(id)?.world ?? [])
    },

    /** How many there are, and the main one. */
    count: (): number => {
      dropIdle()
      return lives.ids().length
    },

    databases: open.databases,

    create,

    /** Returns the world with this id as it is, and creates it if there is none. */
    createOrReuse: async (from: string, base: World, id: string): Promise<World> => {
      dropIdle(id)
      // Of several callers for one id, the first creates it, unless that fails.
      while (!lives.has(id) && busy.has(id)) await busy.settled(id)
      const entry = find(id)
      if (!entry) return create(from, base, id)
      lives.markUsed(id)
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
      open.closeAll()
      lives.save()
      initialDatabases.close()
      storage.close()
    },
  }
}
