/**
 * The deprecated paths, which existed before `cfd_tunnel`. They were due to end in 2024, but the
 * SDKs of that year still call them (client: argo_paths). They act on the same tunnels.
 */
import { ArgoTunnel, ArgoTunnelCreate } from '../../../schemas/argo-tunnel.ts'
import { CleanedUp } from '../../../schemas/client.ts'
import { AccountPath, TunnelPath } from '../../../schemas/identifiers.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, responseModels } from '../../gateway/route.ts'
import { cleanUpConnections } from '../connections/clean-up.ts'
import { pendingConnectionsToDrop } from '../connections/rules.ts'
import { TUNNEL_ERRORS } from '../tunnels/errors.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'
import { addTunnel, getTunnel, removeTunnel } from '../tunnels/operations.ts'
import { TUNNEL_READ, TUNNEL_WRITE } from '../tunnels/permissions.ts'
import { presentArgoTunnel } from './present.ts'

const COLLECTION = '/accounts/:account_id/tunnels'
const ITEM = `${COLLECTION}/:tunnel_id`
const tags = ['Argo Tunnels']

export function legacyTunnelRoutes(app: App): void {
  app.post(
    COLLECTION,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_name_taken] },
      schema: {
        operationId: OPERATIONS.create_argo,
        summary: 'Create an Argo tunnel',
        description: 'Creates a tunnel with a local configuration. The secret is required.',
        deprecated: true,
        tags,
        params: AccountPath,
        body: ArgoTunnelCreate,
        response: responseModels(ArgoTunnel),
      },
    },
    request => {
      const { name, tunnel_secret } = request.body
      const tunnel = addTunnel(request, request.params.account_id, { name, tunnel_secret })
      return ok(presentArgoTunnel(tunnel, []))
    },
  )

  app.get(
    ITEM,
    {
      config: { permission: TUNNEL_READ, errors: [TUNNEL_ERRORS.tunnel_not_found], can_lag: true },
      schema: {
        operationId: OPERATIONS.get_argo,
        summary: 'Get an Argo tunnel',
        description: 'Returns one tunnel with its connections, also a deleted one, with deleted_at.',
        deprecated: true,
        tags,
        params: TunnelPath,
        response: responseModels(ArgoTunnel),
      },
    },
    request => {
      const { tunnel, connectors } = getTunnel(request, request.params)
      return ok(presentArgoTunnel(tunnel, connectors()))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_not_found, TUNNEL_ERRORS.tunnel_connected] },
      schema: {
        operationId: OPERATIONS.delete_argo,
        summary: 'Delete an Argo tunnel',
        description: 'Marks a tunnel as deleted, and frees its name. An error while connections are tracked.',
        deprecated: true,
        tags,
        params: TunnelPath,
        response: responseModels(ArgoTunnel),
      },
    },
    request => {
      const tunnel = removeTunnel(request, request.params, false)
      return ok(presentArgoTunnel(tunnel, []))
    },
  )

  app.delete(
    `${ITEM}/connections`,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_not_found] },
      schema: {
        operationId: OPERATIONS.clean_up_argo,
        summary: 'Remove the lost connections of an Argo tunnel',
        description: 'Removes connections that are pending reconnect, and keeps live ones. Succeeds if there are none.',
        deprecated: true,
        tags,
        params: TunnelPath,
        response: responseModels(CleanedUp),
      },
    },
    request => {
      cleanUpConnections(request, request.params, pendingConnectionsToDrop)
      return ok(null)
    },
  )
}
