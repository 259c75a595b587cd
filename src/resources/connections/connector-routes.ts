import { Client } from '../../../schemas/client.ts'
import { ConnectorPath } from '../../../schemas/identifiers.ts'
import { onGetConnector } from '../../evidence/attribution.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, answers } from '../../gateway/route.ts'
import { presentClient } from '../tunnels/present.ts'
import { requireFound } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { requireConnector } from './rules.ts'
import { findConnector } from './store.ts'

export function connectorRoutes(app: App): void {
  app.get(
    '/accounts/:account_id/cfd_tunnel/:tunnel_id/connectors/:connector_id',
    {
      config: { need: 'read', refusals: ['tunnel_not_found', 'connector_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-get-cloudflare-tunnel-connector',
        summary: 'Get one connector of a tunnel',
        description: 'One running cloudflared with its connections.',
        tags: ['Connectors'],
        params: ConnectorPath,
        response: answers(Client),
      },
    },
    request => {
      const { world, params } = request
      const { db } = world
      const moment = world.moment()

      const tunnel = requireFound(findTunnel(db, params.account_id, params.tunnel_id, moment))
      const connector = requireConnector(findConnector(db, tunnel, params.connector_id, moment))
      request.leaning = onGetConnector(connector)
      return ok(presentClient(connector))
    },
  )
}
