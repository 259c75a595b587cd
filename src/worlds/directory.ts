import { MAIN_WORLD_ID } from '../config/paths.ts'
import { ignoreStorageFailure } from '../world/storage-failure.ts'
import type { WorldSettings } from '../world/world.ts'
import type { Entry } from './entry.ts'
import type { createGoneWorlds, Removal } from './gone-worlds.ts'
import type { createLives } from './lives.ts'
import type { createOpenWorlds } from './open-worlds.ts'
import type { WorldStorage } from './storage.ts'
import { throwWorldsError, WorldsError } from './worlds-error.ts'

interface DirectoryOptions {
  readonly open: ReturnType<typeof createOpenWorlds>
  readonly lives: ReturnType<typeof createLives>
  readonly gone: ReturnType<typeof createGoneWorlds>
  readonly storage: Pick<WorldStorage, 'remove'>
  readonly settings: Pick<WorldSettings, 'warn' | 'counters'>
}

/** Finds worlds by their ids, opens those that are not open, and removes them. */
export function createDirectory({ open, lives, gone, storage, settings }: DirectoryOptions) {
  const openStored = (id: string): Entry => {
    try {
      return open.open(id)
    } catch (error) {
      settings.warn(`world ${id} cannot be opened: ${error instanceof Error ? error.message : error}`)
      if (error instanceof WorldsError) throw error
      return throwWorldsError('storage_failed', `world ${id} cannot be opened; the log of the server says why`)
    }
  }

  /** Throws for a world that cannot be opened. */
  const find = (id: string): Entry | undefined => open.get(id) ?? (lives.has(id) ? openStored(id) : undefined)

  const entryOf = (id: string): Entry => find(id) ?? throwWorldsError('gone', gone.explain(id))

  /** The main world has the events about the other worlds, because it stays. */
  const announce = (type: 'world_created' | 'world_deleted', world_id: string, reason?: string): void => {
    const { events, now } = entryOf(MAIN_WORLD_ID).world
    events.emit({ at: now(), type, world_id, ...(reason !== undefined && { reason }) })
  }

  const remove = (id: string, why: Removal): void => {
    if (id === MAIN_WORLD_ID) throwWorldsError('refused', 'the main world cannot be deleted; reset it instead')
    if (!lives.has(id)) throwWorldsError('gone', gone.explain(id))
    storage.remove(id, () => open.remove(id))
    lives.remove(id)
    gone.add(id, why)
    settings.counters.count('worlds_removed', why)
    announce('world_deleted', id, why === 'idle' ? why : undefined)
  }

  return {
    find,
    entryOf,
    announce,
    remove,

    findIfUsable: (id: string): Entry | undefined => {
      try {
        return find(id)
      } catch (error) {
        if (error instanceof WorldsError) return undefined
        throw error
      }
    },

    /** `id`: a world that somebody asks for. */
    dropIdle: (id?: string): void => {
      const others = lives.idle()
      const dropped = id !== undefined && lives.isIdle(id) ? new Set([id, ...others]) : others
      for (const idle of dropped) ignoreStorageFailure(() => remove(idle, 'idle'))
    },
  }
}
