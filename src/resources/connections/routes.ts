import { CleanedUp, CleanUpQuery, Client } from '../../../schemas/client.ts'
import { TunnelPath } from '../../../schemas/identifiers.ts'
import { Type } from '../../../schemas/typebox.ts'
import { onListConnections } from '../../evidence/attribution.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, answers } from '../../gateway/route.ts'
import { dropConnections } from '../tunnels/operations.ts'
import { presentClient } from '../tunnels/present.ts'
import { requireFound } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { cutOff } from './rules.ts'
import { trackedConnectors } from './store.ts'

const CONNECTIONS = '/accounts/:account_id/cfd_tunnel/:tunnel_id/connections'
const tags = ['Connections']

export function connectionRoutes(app: App): void {
  app.get(
    CONNECTIONS,
    {
      config: { need: 'read', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-list-cloudflare-tunnel-connections',
        summary: 'List the connectors of a tunnel with their connections',
        description:
          'Each running cloudflared with its connections, those that wait for a reconnect included. Not paged.',
        tags,
        params: TunnelPath,
        response: answers(Type.Array(Client)),
      },
    },
    request => {
      const { world, params } = request
      const { db } = world
      const moment = world.moment()

      const tunnel = requireFound(findTunnel(db, params.account_id, params.tunnel_id, moment))
      // Whole (recorded: connections_unpaged), also when there is none (inferred: connections_none).
      const connectors = trackedConnectors(db, tunnel, moment)
      request.leaning = onListConnections(connectors)
      return ok(connectors.map(presentClient))
    },
  )

  app.delete(
    CONNECTIONS,
    {
      config: { need: 'write', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-clean-up-cloudflare-tunnel-connections',
        summary: 'Drop the connections of a tunnel',
        description: 'All of them, or those of one connector; that there was none is no error.',
        tags,
        params: TunnelPath,
        querystring: CleanUpQuery,
        response: answers(CleanedUp),
      },
    },
    request => {
      const { params, query } = request
      dropConnections(request, params, tracked => cutOff(tracked, query.client_id))
      return ok(null)
    },
  )
}
