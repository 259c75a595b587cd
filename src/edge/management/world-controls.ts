import type { EdgeControl } from '../../../schemas/control/edge-control.ts'
import type { World } from '../../world/world.ts'
import { EDGE_FAULT_PRESETS } from './fault-presets.ts'
import { createEdgeFaults, type EdgeFaults } from './faults.ts'
import { createEdgeRequestLog, type EdgeRequestLog } from './requests.ts'

/** What the control plane sets and reads of the edge in each world. */
export interface WorldControls {
  readonly control: Pick<EdgeControl, 'accepts' | 'setAccepts' | 'faults' | 'requests'>
  readonly faultsOf: (world: World) => EdgeFaults
  readonly requestsOf: (world: World) => EdgeRequestLog
}

/** `findWorld` throws for an unknown id. */
export function createWorldControls(findWorld: (worldId: string) => World): WorldControls {
  const closed = new Set<string>()
  const faults = new Map<string, EdgeFaults>()
  const requests = new Map<string, EdgeRequestLog>()

  const faultsOf = (world: World): EdgeFaults => getOrCreate(faults, world.id, () => createEdgeFaults(world))
  const requestsOf = (world: World): EdgeRequestLog =>
    getOrCreate(requests, world.id, () => createEdgeRequestLog(world.journal_size))

  return {
    faultsOf,
    requestsOf,
    control: {
      accepts: worldId => !closed.has(worldId),
      setAccepts: (worldId, accepts) => {
        if (accepts) closed.delete(worldId)
        else closed.add(worldId)
      },
      faults: {
        presets: EDGE_FAULT_PRESETS,
        add: (worldId, rule) => withNow(findWorld(worldId), (world, now) => faultsOf(world).add(rule, now)),
        list: worldId => withNow(findWorld(worldId), (world, now) => faultsOf(world).list(now)),
        remove: (worldId, id) => withNow(findWorld(worldId), (world, now) => faultsOf(world).remove(id, now)),
        clear: worldId => withNow(findWorld(worldId), (world, now) => faultsOf(world).clear(now)),
      },
      requests: {
        list: (worldId, filter) => requestsOf(findWorld(worldId)).list(filter),
        clear: worldId => requestsOf(findWorld(worldId)).clear(),
      },
    },
  }
}

function withNow<T>(world: World, work: (world: World, now: string) => T): T {
  return work(world, world.now())
}

function getOrCreate<T>(map: Map<string, T>, key: string, create: () => T): T {
  const known = map.get(key) ?? create()
  map.set(key, known)
  return known
}
