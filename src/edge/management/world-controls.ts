import type { EdgeControl } from '../../../schemas/control/edge-control.ts'
import { announceFaults } from '../../world/faults/announcements.ts'
import type { World } from '../../world/world.ts'
import type { LiveConnection } from '../live-connection.ts'
import type { Registry } from '../registry.ts'
import { EDGE_FAULT_PRESETS } from './fault-presets.ts'
import { createEdgeFaults, type EdgeFaults, faultOfConnection, placeOf } from './faults.ts'
import { quickTunnelAnswer } from './quick-tunnels.ts'
import { createEdgeRequestLog, type EdgeRequestLog } from './requests.ts'

/** What the control plane sets and reads of the edge in each world. */
export interface WorldControls {
  readonly control: Pick<EdgeControl, 'accepts' | 'setAccepts' | 'faults' | 'requests' | 'createQuickTunnel'>
  /** Call this when a world begins, which may have kept the faults of the one before. */
  readonly adoptFaults: (world: World) => void
  readonly faultsOf: (world: World) => EdgeFaults
  readonly requestsOf: (world: World) => EdgeRequestLog
  /** Applies the faults of its world to a connection that has just registered. */
  readonly breakConnection: (world: World, live: LiveConnection) => void
}

/** Our choice: cloudflared reads that it is registered in this time, or its process ends. */
const REGISTERED_LINGER_MS = 50

/** `findWorld` throws for an unknown id. */
export function createWorldControls(findWorld: (worldId: string) => World, registry: Registry): WorldControls {
  /** A reset that keeps the faults of the API, or the request log, keeps those of the edge too. */
  const faults = new WeakMap<World['faults'], EdgeFaults>()
  const requests = new WeakMap<World['requestLog'], EdgeRequestLog>()
  /** A world keeps its events when it is reset, and so it keeps this. */
  const closed = new WeakSet<World['events']>()

  const faultsOf = (world: World): EdgeFaults => {
    const known = faults.get(world.faults) ?? createEdgeFaults(world)
    faults.set(world.faults, known)
    return known
  }
  const requestsOf = ({ requestLog, journal_size }: World): EdgeRequestLog => {
    const known = requests.get(requestLog) ?? createEdgeRequestLog(journal_size)
    requests.set(requestLog, known)
    return known
  }

  /** `rule`: the id of the only rule that counts. */
  const breakOne = (world: World, live: LiveConnection, linger_ms: number, rule?: string): void => {
    const { drop_after_ms, stall_ms } = faultOfConnection(world, faultsOf(world), placeOf(live), rule)
    if (stall_ms !== undefined) live.flow.stall(stall_ms)
    if (drop_after_ms !== undefined) setTimeout(live.destroy, Math.max(drop_after_ms, linger_ms)).unref()
  }

  return {
    adoptFaults: ({ faults: key, events, scheduler, clock }) =>
      faults.get(key)?.moveTo(announceFaults(events, scheduler), clock.now()),
    faultsOf,
    requestsOf,
    breakConnection: (world, live) => breakOne(world, live, REGISTERED_LINGER_MS),
    control: {
      accepts: id => !closed.has(findWorld(id).events),
      setAccepts: (id, accepts) => {
        const { events, now } = findWorld(id)
        if (accepts !== closed.has(events)) return
        if (accepts) closed.delete(events)
        else closed.add(events)
        events.emit({ at: now(), type: 'edge_changed', accepts })
      },
      faults: {
        presets: EDGE_FAULT_PRESETS,
        add: (worldId, rule) => {
          const world = findWorld(worldId)
          const faults = faultsOf(world)
          const report = faults.add(rule, world.now())
          for (const live of registry.inWorld(worldId)) breakOne(world, live, 0, report.id)
          return faults.list(world.now()).find(({ id }) => id === report.id) ?? report
        },
        list: id => faultsOf(findWorld(id)).list(findWorld(id).now()),
        remove: (id, fault) => faultsOf(findWorld(id)).remove(fault, findWorld(id).now()),
        clear: id => faultsOf(findWorld(id)).clear(findWorld(id).now()),
      },
      requests: {
        list: (id, filter) => requestsOf(findWorld(id)).list(filter),
        clear: id => {
          const world = findWorld(id)
          world.events.emit({ at: world.now(), type: 'edge_requests_cleared' })
          return requestsOf(world).clear()
        },
      },
      createQuickTunnel: id => quickTunnelAnswer(findWorld(id)),
    },
  }
}
