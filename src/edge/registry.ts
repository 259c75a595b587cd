import type { TunnelKey } from '../../schemas/records.ts'
import type { LiveConnection } from './live-connection.ts'

/** The live connections of all worlds. */
export interface Registry {
  readonly add: (live: LiveConnection) => void
  /** Returns false if the connection is not registered, such as after a second call. */
  readonly remove: (live: LiveConnection) => boolean
  /** The next connection of a tunnel, or of one of its connectors, in turn. */
  readonly pick: (worldId: string, tunnel: TunnelKey, connectorId?: string) => LiveConnection | undefined
  readonly ofTunnel: (worldId: string, tunnel: TunnelKey) => readonly LiveConnection[]
  /** Lowest index first. */
  readonly ofConnector: (worldId: string, tunnel: TunnelKey, connectorId: string) => readonly LiveConnection[]
  readonly inWorld: (worldId: string) => readonly LiveConnection[]
  readonly all: () => readonly LiveConnection[]
  /** Finds a connection by the id of its row. */
  readonly find: (worldId: string, connectionId: string) => LiveConnection | undefined
}

interface TunnelEntry {
  readonly connections: LiveConnection[]
  /** The number of picks so far. */
  picks: number
}

export function createRegistry(): Registry {
  const byTunnel = new Map<string, TunnelEntry>()

  const ofTunnel = (worldId: string, tunnel: TunnelKey): readonly LiveConnection[] =>
    byTunnel.get(keyOf(worldId, tunnel))?.connections ?? []

  const all = (): readonly LiveConnection[] => [...byTunnel.values()].flatMap(({ connections }) => connections)

  return {
    add: live => {
      const key = keyOf(live.world_id, live.tunnel)
      const entry = byTunnel.get(key) ?? { connections: [], picks: 0 }
      byTunnel.set(key, entry)
      entry.connections.push(live)
    },

    remove: live => {
      const key = keyOf(live.world_id, live.tunnel)
      const { connections = [] } = byTunnel.get(key) ?? {}
      const nth = connections.indexOf(live)
      if (nth < 0) return false

      connections.splice(nth, 1)
      if (connections.length === 0) byTunnel.delete(key)
      return true
    },

    pick: (worldId, tunnel, connectorId) => {
      const entry = byTunnel.get(keyOf(worldId, tunnel))
      if (!entry) return undefined

      const { connections } = entry
      const choice = connectorId === undefined ? connections : connections.filter(isOf(connectorId))
      return choice[entry.picks++ % choice.length]
    },

    ofTunnel,

    ofConnector: (worldId, tunnel, connectorId) =>
      ofTunnel(worldId, tunnel)
        .filter(isOf(connectorId))
        .toSorted((a, b) => a.index - b.index),

    inWorld: worldId => all().filter(live => live.world_id === worldId),

    all,

    find: (worldId, connectionId) =>
      all().find(live => live.world_id === worldId && live.connection_id === connectionId),
  }
}

function isOf(connectorId: string): (live: LiveConnection) => boolean {
  return live => live.connector_id === connectorId
}

function keyOf(worldId: string, { account_tag, id }: TunnelKey): string {
  return `${worldId} ${account_tag} ${id}`
}
