import { CleanedUp, CleanUpQuery, Client } from '../../../schemas/client.ts'
import { ConnectorPath, TunnelPath } from '../../../schemas/identifiers.ts'
import { Type } from '../../../schemas/typebox.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, responseModels } from '../../gateway/route.ts'
import { TUNNEL_ERRORS } from '../tunnels/errors.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'
import { TUNNEL_READ, TUNNEL_WRITE } from '../tunnels/permissions.ts'
import { requireTunnel } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { cleanUpConnections } from './clean-up.ts'
import { CONNECTION_ERRORS } from './errors.ts'
import { presentClient } from './present.ts'
import { connectionsToDrop, requireConnector } from './rules.ts'
import { findConnector, trackedConnectors } from './store.ts'

const CONNECTIONS = '/accounts/:account_id/cfd_tunnel/:tunnel_id/connections'

export function connectionRoutes(app: App): void {
  app.get(
    CONNECTIONS,
    {
      config: { permission: TUNNEL_READ, errors: [TUNNEL_ERRORS.tunnel_not_found] },
      schema: {
        operationId: OPERATIONS.list_connections,
        summary: 'List the connectors of a tunnel with their connections',
        description:
          'Returns each running cloudflared with its connections, also those pending reconnect. Without pages.',
        tags: ['Connections'],
        params: TunnelPath,
        response: responseModels(Type.Array(Client)),
      },
    },
    request => {
      const { world, moment, params } = request
      const { db } = world

      const tunnel = requireTunnel(findTunnel(db, params.account_id, params.tunnel_id, moment))
      // Not paged (recorded: connections_unpaged); empty without connectors
      // (inferred: connections_none).
      const connectors = trackedConnectors(db, tunnel, moment)
      return ok(connectors.map(presentClient))
    },
  )

  app.delete(
    CONNECTIONS,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_not_found] },
      schema: {
        operationId: OPERATIONS.clean_up_connections,
        summary: 'Remove the connections of a tunnel',
        description: 'Removes all of them, or those of one connector. Succeeds if there are none.',
        tags: ['Connections'],
        params: TunnelPath,
        querystring: CleanUpQuery,
        response: responseModels(CleanedUp),
      },
    },
    request => {
      const { params, query } = request
      cleanUpConnections(request, params, tracked => connectionsToDrop(tracked, query.client_id))
      return ok(null)
    },
  )

  app.get(
    '/accounts/:account_id/cfd_tunnel/:tunnel_id/connectors/:connector_id',
    {
      config: {
        permission: TUNNEL_READ,
        errors: [TUNNEL_ERRORS.tunnel_not_found, CONNECTION_ERRORS.connector_not_found],
      },
      schema: {
        operationId: OPERATIONS.get_connector,
        summary: 'Get one connector of a tunnel',
        description: 'Returns one running cloudflared with its connections.',
        tags: ['Connectors'],
        params: ConnectorPath,
        response: responseModels(Client),
      },
    },
    request => {
      const { world, moment, params } = request
      const { db } = world

      const tunnel = requireTunnel(findTunnel(db, params.account_id, params.tunnel_id, moment))
      const connector = requireConnector(findConnector(db, tunnel, params.connector_id, moment))
      return ok(presentClient(connector))
    },
  )
}
