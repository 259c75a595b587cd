import type { Database } from '../store/database.ts'
import { isPersistent } from '../store/heartbeat.ts'
import { createWorld, type World, type WorldSettings } from '../world/world.ts'
import { closeEntry, type Entry, startEntry } from './entry.ts'
import type { Extensions } from './extensions.ts'
import { type InitialState, startClockAfterData, stepsOf } from './initial-state.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'

/** The worlds whose databases are open. */
export function createOpenWorlds(settings: WorldSettings, extensions: Extensions) {
  const { data, hooks } = extensions
  const entries = new Map<string, Entry>()

  const start = (world: World, snapshots = createSnapshots(extensions)): Entry => {
    const entry = startEntry(world, snapshots, hooks)
    entries.set(world.id, entry)
    return entry
  }

  return {
    get: (id: string): Entry | undefined => entries.get(id),
    /** Of worlds and of snapshots. */
    databases: (): readonly Database[] =>
      [...entries.values()].flatMap(({ world, snapshots }) => [world.db, ...snapshots.list().map(({ db }) => db)]),

    isEmpty: (): boolean => entries.size === 0,

    /** Starts a world without data. */
    start,

    /** Starts a world whose data is complete. */
    begin: (world: World, initial: InitialState, snapshots?: Snapshots): World => {
      start(world, snapshots)
      hooks.loaded(world, stepsOf(initial), world.clock.now())
      return world
    },

    /** Starts a world on the data of an earlier server. */
    reopen: (id: string, db: Database): Entry => {
      const entry = start(createWorld(id, db, settings))
      const { world } = entry
      try {
        hooks.reopened(world)
        startClockAfterData(world, data)
        hooks.loaded(world, [], world.clock.now())
        return entry
      } catch (error) {
        entries.delete(id)
        closeEntry(entry)
        throw error
      }
    },

    close: (id: string): void => {
      const entry = entries.get(id)
      if (entry) closeEntry(entry)
      entries.delete(id)
    },

    /** The server stops. */
    closeAll: (): void => {
      for (const entry of entries.values()) {
        if (isPersistent(entry.world.db)) hooks.stopping(entry.world)
        closeEntry(entry)
      }
      entries.clear()
    },
  }
}
