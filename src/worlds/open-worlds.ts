import type { Database } from '../store/database.ts'
import { isPersistent } from '../store/heartbeat.ts'
import { createClock } from '../world/clock.ts'
import { announceFaults } from '../world/faults/announcements.ts'
import { ignoreStorageFailure } from '../world/storage-failure.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import {
  type ClosedWorld,
  closeForRoom,
  factsOfClosed,
  factsOfStored,
  type KeptFacts,
  keptFactsOf,
} from './closed-world.ts'
import { closeEntry, type Entry, type EntryOptions, startEntry } from './entry.ts'
import type { Extensions, WorldFacts } from './extensions.ts'
import { type InitialState, startClockAfterData, stepsOf } from './initial-state.ts'
import { refuseForRoom } from './refusals.ts'
import { sessionIn } from './session.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'
import type { StoredWorld, WorldStorage } from './storage.ts'

export interface OpenWorldsOptions {
  readonly storage: Pick<WorldStorage, 'open' | 'note' | 'putNote' | 'removeNote' | 'putFacts'>
  readonly settings: WorldSettings
  readonly extensions: Extensions
  /** The most worlds that are open at a time. */
  readonly max_open: number
  /** Whether a world that nobody holds may be closed, to make room for another. */
  readonly mayClose: (id: string) => boolean
  /** Called after each event of a world. */
  readonly onEvent: (id: string) => void
}

/** The worlds whose databases are open, and those that were closed for room. */
export function createOpenWorlds({ storage, settings, extensions, max_open, mayClose, onEvent }: OpenWorldsOptions) {
  const { data, hooks } = extensions
  /** The one that was asked for longest ago comes first. */
  const entries = new Map<string, Entry>()
  const closed = new Map<string, ClosedWorld>()
  /** Worlds of an earlier server that were not open yet. */
  const stored = new Map<string, KeptFacts>()
  /** How many need a world to stay open. */
  const holders = new Map<string, number>()

  const start = (world: World, options: Partial<EntryOptions> = {}): Entry => {
    const entry = startEntry(world, { hooks, onEvent, snapshots: createSnapshots(extensions), ...options })
    entries.set(world.id, entry)
    return entry
  }

  const discard = (id: string): void => {
    const entry = entries.get(id)
    entries.delete(id)
    if (entry) closeEntry(entry)
  }

  /** Starts a world on the data of an earlier server. */
  const reopen = (id: string, db: Database): Entry => {
    const entry = start(createWorld(id, db, settings))
    const { world } = entry
    hooks.reopened(world)
    startClockAfterData(world, data)
    hooks.loaded(world, [], world.clock.now())
    return entry
  }

  /** Starts a world as it was when it was closed. What was due meanwhile happens when its time is read. */
  const wake = (id: string, db: Database, { clock, isReportCleared }: ClosedWorld): Entry => {
    const session = sessionIn(storage.note(id))
    const entry = start(createWorld(id, db, settings, { clock, saved: session }), { created: session.created })
    const { world } = entry
    if (isReportCleared) world.report.clear()
    hooks.loaded(world, session.scenario, session.closed_at)
    world.faults.moveTo(announceFaults(world.events, world.scheduler), session.closed_at)
    closed.delete(id)
    storage.removeNote(id)
    return entry
  }

  /** For the next server. */
  const keepFacts = (entry: Entry): void =>
    ignoreStorageFailure(() => storage.putFacts(entry.world.id, JSON.stringify(keptFactsOf(entry, extensions))))

  const isClosable = (id: string): boolean => mayClose(id) && !holders.has(id)

  /** `coming`: worlds that will be open soon. */
  const makeRoom = (coming = 0): void => {
    while (entries.size + coming >= max_open) {
      const found = [...entries].find(([id, entry]) => {
        const rest = isClosable(id) ? closeForRoom(entry, storage, hooks) : undefined
        if (rest) closed.set(id, rest)
        if (rest) keepFacts(entry)
        return rest !== undefined
      })
      if (!found) refuseForRoom(settings, max_open)
      discard(found[0])
    }
  }

  return {
    /** Of worlds and of snapshots. */
    databases: (): readonly Database[] =>
      [...entries.values()].flatMap(({ world, snapshots }) => [world.db, ...snapshots.list().map(({ db }) => db)]),

    isEmpty: (): boolean => entries.size === 0,
    has: (id: string): boolean => entries.has(id),

    get: (id: string): Entry | undefined => {
      const entry = entries.get(id)
      if (entry) {
        entries.delete(id)
        entries.set(id, entry)
      }
      return entry
    },

    /** Adds the worlds of an earlier server. */
    restore: (worlds: readonly StoredWorld[]): void => {
      for (const { id, facts } of worlds) if (facts !== null) stored.set(id, JSON.parse(facts))
    },

    /** What is known of a world that is not open; undefined if it has to be opened for that. */
    knownFacts: (id: string): WorldFacts | undefined => {
      const [known, kept] = [closed.get(id), stored.get(id)]
      if (known) return factsOfClosed(known)
      return kept && factsOfStored(kept, createClock(settings.frozen_at))
    },

    makeRoom,

    /** Starts a world without data. */
    start,

    /** Starts a world whose data is complete. */
    begin: (world: World, initial: InitialState, snapshots?: Snapshots): World => {
      start(world, { ...(snapshots && { snapshots }) })
      hooks.loaded(world, stepsOf(initial), world.clock.now())
      return world
    },

    reopen,

    /** Opens a stored world. Throws if the storage fails, or if there is no room. */
    open: (id: string): Entry => {
      makeRoom()
      ignoreStorageFailure(() => storage.putFacts(id, null))
      const db = storage.open(id)
      try {
        const before = closed.get(id)
        const entry = before ? wake(id, db, before) : reopen(id, db)
        stored.delete(id)
        return entry
      } catch (error) {
        discard(id)
        db.close()
        throw error
      }
    },

    /** Keeps a world open until the returned function is called. */
    hold: (id: string): (() => void) => {
      holders.set(id, (holders.get(id) ?? 0) + 1)
      return () => {
        const others = (holders.get(id) ?? 1) - 1
        if (others > 0) holders.set(id, others)
        else holders.delete(id)
      }
    },

    clearReports: (): void => {
      for (const { world } of entries.values()) world.report.clear()
      for (const world of closed.values()) world.isReportCleared = true
    },

    remove: (id: string): void => {
      closed.delete(id)
      stored.delete(id)
      discard(id)
    },

    /** The server stops. */
    closeAll: (): void => {
      for (const entry of entries.values()) {
        if (isPersistent(entry.world.db)) {
          hooks.stopping(entry.world)
          keepFacts(entry)
        }
        closeEntry(entry)
      }
      entries.clear()
      closed.clear()
    },
  }
}
