import type { World } from '../../world/world.ts'
import type { Worlds } from '../../worlds/registry.ts'
import type { LiveConnection } from '../live-connection.ts'
import type { Registry } from '../registry.ts'
import type { Missing } from './answers.ts'
import { type RequestHead, WORLD_HEADER } from './headers.ts'
import { createRoutes } from './routes.ts'

/**
 * Finds a connection that leads to the origin of a request, or which link is missing. `lost`: one
 * that was tried.
 */
export type FindConnection = (
  head: Pick<RequestHead, 'hostname' | 'headers'>,
  lost?: LiveConnection,
) => LiveConnection | Missing

/**
 * The main world comes first, then the others, the oldest first; a request may name one world. A
 * tunnel without a connection lets others have their turn (our choice).
 */
export function createDirectory(worlds: Worlds, registry: Registry): FindConnection {
  const routesOf = createRoutes()

  return ({ hostname, headers }, lost) => {
    const candidates = worldsFor(worlds, headers.find(([name]) => name === WORLD_HEADER)?.[1])
    const missing = new Set<Missing>()
    for (const world of candidates) {
      const { tunnels, missing: link = 'no-connector' } = routesOf(world)(hostname)
      for (const tunnel of tunnels) {
        const connection = otherReplica(registry.ofTunnel(world.id, tunnel), lost) ?? registry.pick(world.id, tunnel)
        if (!connection) continue

        worlds.markUsed(world)
        return connection
      }
      missing.add(link)
    }
    // This is the last link.
    return missing.has('no-connector') ? 'no-connector' : ([...missing][0] ?? 'no-world')
  }
}

/** If a cloudflared was killed, all of its connections are lost, and some are not known to be yet. */
function otherReplica(all: readonly LiveConnection[], lost: LiveConnection | undefined): LiveConnection | undefined {
  return lost && all.find(({ connector_id }) => connector_id !== lost.connector_id)
}

function worldsFor(worlds: Worlds, name: string | undefined): readonly World[] {
  if (name === undefined) return worlds.list()
  const world = worlds.find(name)
  return world ? [world] : []
}
