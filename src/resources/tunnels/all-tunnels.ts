import { AccountPath } from '../../../schemas/identifiers.ts'
import { AllTunnelsQuery, Tunnel } from '../../../schemas/tunnel.ts'
import { emptyPage } from '../../gateway/envelope.ts'
import { type App, pageResponseModels } from '../../gateway/route.ts'
import { OPERATIONS } from './operation-ids.ts'
import { listTunnels } from './operations.ts'
import { TUNNEL_READ } from './permissions.ts'
import { includesCloudflared } from './rules.ts'

/**
 * Lists tunnels of all types (documented: list_all). Other operations on this path are deprecated.
 */
export function allTunnelsRoute(app: App): void {
  app.get(
    '/accounts/:account_id/tunnels',
    {
      config: { permission: TUNNEL_READ, can_lag: true },
      schema: {
        operationId: OPERATIONS.list_all,
        summary: 'List all tunnels',
        description: 'Returns tunnels of every type. mockflared has only those of cloudflared.',
        tags: ['Tunnels'],
        params: AccountPath,
        querystring: AllTunnelsQuery,
        response: pageResponseModels(Tunnel),
      },
    },
    request => {
      const { params, query } = request
      return includesCloudflared(query.tun_types) ? listTunnels(request, params.account_id, query) : emptyPage(query)
    },
  )
}
