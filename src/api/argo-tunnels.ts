/**
 * The paths of before `cfd_tunnel`. Listing tunnels of all types is current; the others were to end in 2024 (documented), yet the
 * SDKs of that year call them (client). They work on the same tunnels.
 */
import { ArgoTunnel, ArgoTunnelCreate } from '../../schemas/argo-tunnel.ts'
import { AccountPath, TunnelPath } from '../../schemas/identifiers.ts'
import { AllTunnelsQuery, Tunnel } from '../../schemas/tunnel.ts'
import { Type } from '../../schemas/typebox.ts'
import { cutOffPending } from '../domain/connections.ts'
import { includesCloudflared } from '../domain/tunnels.ts'
import { emptyPage, ok } from './envelope.ts'
import { presentArgoTunnel } from './present.ts'
import { type App, answers, pages } from './route.ts'
import { addTunnel, dropConnections, listTunnels, readTunnel, removeTunnel } from './tunnel-verbs.ts'

const COLLECTION = '/accounts/:account_id/tunnels'
const ITEM = `${COLLECTION}/:tunnel_id`
const tags = ['Argo Tunnels']

export const argoTunnelRoutes = (app: App): void => {
  app.get(
    COLLECTION,
    {
      config: { need: 'read' },
      schema: {
        operationId: 'cloudflare-tunnel-list-all-tunnels',
        summary: 'List all tunnels',
        description: 'Tunnels of every type, of which there is one here: those of cloudflared.',
        tags: ['Tunnels'],
        params: AccountPath,
        querystring: AllTunnelsQuery,
        response: pages(Tunnel),
      },
    },
    request => {
      const { params, query } = request
      return includesCloudflared(query.tun_types) ? listTunnels(request, params.account_id, query) : emptyPage(query)
    },
  )

  app.post(
    COLLECTION,
    {
      config: { need: 'write', refusals: ['tunnel_name_taken'] },
      schema: {
        operationId: 'argo-tunnel-create-an-argo-tunnel',
        summary: 'Create an Argo tunnel',
        description: 'A new tunnel with a local configuration. Its secret must be given.',
        deprecated: true,
        tags,
        params: AccountPath,
        body: ArgoTunnelCreate,
        response: answers(ArgoTunnel),
      },
    },
    ({ world, params, body: { name, tunnel_secret } }) =>
      ok(presentArgoTunnel(addTunnel(world, params.account_id, { name, tunnel_secret }), [])),
  )

  app.get(
    ITEM,
    {
      config: { need: 'read', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'argo-tunnel-get-an-argo-tunnel',
        summary: 'Get an Argo tunnel',
        description: 'One tunnel with its connections; a deleted one is still shown, with deleted_at set.',
        deprecated: true,
        tags,
        params: TunnelPath,
        response: answers(ArgoTunnel),
      },
    },
    request => {
      const { tunnel, moment } = readTunnel(request, request.params)
      return ok(presentArgoTunnel(tunnel, request.world.store.connectors.tracked(tunnel, moment)))
    },
  )

  app.delete(
    ITEM,
    {
      config: { need: 'write', refusals: ['tunnel_not_found', 'tunnel_connected'] },
      schema: {
        operationId: 'argo-tunnel-delete-an-argo-tunnel',
        summary: 'Delete an Argo tunnel',
        description: 'Marks it as deleted and frees its name. Refused while connections are tracked.',
        deprecated: true,
        tags,
        params: TunnelPath,
        response: answers(ArgoTunnel),
      },
    },
    ({ world, params }) => ok(presentArgoTunnel(removeTunnel(world, params, false), [])),
  )

  app.delete(
    `${ITEM}/connections`,
    {
      config: { need: 'write', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'argo-tunnel-clean-up-argo-tunnel-connections',
        summary: 'Drop the lost connections of an Argo tunnel',
        description: 'Those that wait for a reconnect; live ones stay. That there was none is no error.',
        deprecated: true,
        tags,
        params: TunnelPath,
        response: answers(Type.Null()),
      },
    },
    ({ world, params }) => {
      dropConnections(world, params, cutOffPending)
      return ok(null)
    },
  )
}
