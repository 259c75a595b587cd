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

/** Lets a world accept requests. */
export function startEntry(world: World, snapshots: Snapshots, hooks: WorldHooks): Entry {
  const stop = hooks.started(world)
  const created = listenForCreatedObjects(world.events, world.object_kinds)
  const end = (how: WorldEnd): void => {
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
