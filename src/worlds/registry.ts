import type { Finding } from '../../schemas/control/lint.ts'
import type { NamedState, State } from '../../schemas/state.ts'
import { MAIN_WORLD_ID } from '../config/paths.ts'
import { isPersistent } from '../store/heartbeat.ts'
import { createClock } from '../world/clock.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import { createBusyIds } from './busy-ids.ts'
import { createDirectory } from './directory.ts'
import type { Extensions, WorldFacts, WorldLimits } from './extensions.ts'
import { idInFamilyOf } from './families.ts'
import { createGoneWorlds } from './gone-worlds.ts'
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
import { throwWorldsError } from './worlds-error.ts'

export type Worlds = ReturnType<typeof createWorlds>

/**
 * Manages the main world and other worlds. A world of an earlier server is opened when somebody asks
 * for it. Throws for an invalid seed.
 */
export function createWorlds(
  storage: WorldStorage,
  seeds: readonly NamedState[],
  settings: WorldSettings,
  limits: WorldLimits,
  extensions: Extensions,
) {
  const { max_worlds, behind_balancer, world_idle_ms, hides_main = false } = limits
  const { max_open = Number.POSITIVE_INFINITY, keeps_open = false } = limits
  const { data } = extensions
  const lives = createLives(world_idle_ms, storage)
  const busy = createBusyIds()
  const watchers = new Set<(id: string) => void>()
  const open = createOpenWorlds({
    storage,
    settings,
    extensions,
    max_open,
    mayClose: id => !keeps_open && id !== MAIN_WORLD_ID && !busy.has(id),
    onEvent: id => {
      for (const changed of watchers) changed(id)
    },
  })
  const gone = createGoneWorlds(world_idle_ms)
  const initialDatabases = createInitialDatabases(seeds, data, storage)

  const { find, findIfUsable, entryOf, announce, remove, dropIdle } = createDirectory({
    open,
    lives,
    gone,
    storage,
    settings,
  })

  const snapshotsOf = ({ id }: World): Snapshots => entryOf(id).snapshots

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
    open.makeRoom([...busy.ids()].filter(one => !open.has(one)).length)
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
  const stored = storage.stored()
  lives.restore(stored)
  open.restore(stored)
  if (!isNew) open.reopen(MAIN_WORLD_ID, main)
  else if (seeds.length === 0 || hides_main) open.start(createWorld(MAIN_WORLD_ID, main, settings))
  else open.begin(createSeededWorld(MAIN_WORLD_ID, main, seeds, settings, data), { states: seeds })
  if (isPersistent(main)) entryOf(MAIN_WORLD_ID).world.now()

  return {
    /** The schema and the state format of all worlds. */
    data,
    limits: { max_worlds, world_idle_ms },
    behind_balancer,
    counters: settings.counters,
    lifeOf: (id: string): Life => lives.of(id),
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

    /** All worlds, whether they are open or not. */
    ids: (): readonly string[] => {
      dropIdle()
      return lives.ids()
    },

    /** What is known of a world, which this opens if that is necessary. */
    factsOf: (id: string): WorldFacts | undefined => {
      const known = open.knownFacts(id)
      const world = known ? undefined : findIfUsable(id)?.world
      return world ? extensions.hooks.factsOf(world, world.clock.now()) : known
    },

    /** Keeps a world open until the returned function is called. */
    hold: open.hold,

    /** Calls the listener with the id of each world after each of its events. Returns what ends that. */
    watch: (changed: (id: string) => void): (() => void) => {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },

    /** Of each world, not of the server. */
    clearReports: open.clearReports,

    /** Opens all worlds, without those whose files cannot be used. */
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
      lives.close()
      initialDatabases.close()
      storage.close()
    },
  }
}
