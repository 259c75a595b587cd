import type { WorldEvent } from '../../schemas/control/event.ts'
import { type CreatedObjects, listenForCreatedObjects } from '../world/lint.ts'
import type { World } from '../world/world.ts'
import type { WorldEnd, WorldHooks } from './extensions.ts'
import type { Snapshots } from './snapshots.ts'

/** A world that runs, with what the registry keeps for it. */
export interface Entry {
  readonly world: World
  readonly end: (how: WorldEnd) => void
  readonly snapshots: Snapshots
  readonly created: CreatedObjects
}

export interface EntryOptions {
  readonly hooks: WorldHooks
  readonly snapshots: Snapshots
  /** Called after each event. */
  readonly onEvent: (id: string) => void
  /** The events of objects that were created before. */
  readonly created?: readonly WorldEvent[]
}

/** Lets a world accept requests. */
export function startEntry(world: World, { hooks, snapshots, onEvent, created: before }: EntryOptions): Entry {
  const stop = hooks.started(world)
  const created = listenForCreatedObjects(world.events, world.object_kinds, before)
  const unsubscribe = world.events.subscribe(() => onEvent(world.id))
  const end = (how: WorldEnd): void => {
    unsubscribe()
    created.stop()
    stop(how)
    world.end()
  }
  return { world, end, snapshots, created }
}

export function closeEntry({ world, end, snapshots }: Entry): void {
  end('removed')
  world.db.close()
  snapshots.close()
}
