/**
 * The paths of before `cfd_tunnel`. Listing tunnels of all types is current (documented: list_all); the others were to end in
 * 2024, yet the SDKs of that year call them (client: argo_paths). They work on the same tunnels.
 */
import { ArgoTunnel, ArgoTunnelCreate } from '../../../schemas/argo-tunnel.ts'
import { CleanedUp } from '../../../schemas/client.ts'
import { AccountPath, TunnelPath } from '../../../schemas/identifiers.ts'
import { AllTunnelsQuery, Tunnel } from '../../../schemas/tunnel.ts'
import type { Leaning } from '../../evidence/attribution.ts'
import { emptyPage, ok } from '../../gateway/envelope.ts'
import { type App, answers, pages } from '../../gateway/route.ts'
import { cutOffPending } from '../connections/rules.ts'
import { addTunnel, dropConnections, listTunnels, readTunnel, removeTunnel } from '../tunnels/operations.ts'
import { presentArgoTunnel } from '../tunnels/present.ts'
import { includesCloudflared } from '../tunnels/rules.ts'

const COLLECTION = '/accounts/:account_id/tunnels'
const ITEM = `${COLLECTION}/:tunnel_id`
const tags = ['Argo Tunnels']

/** What each of these answers leans on: they show little of what they have in common with the present ones. */
const ARGO: Leaning = ['argo_paths', 'argo_answer', 'argo_nothing_else']

export function argoTunnelRoutes(app: App): void {
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
      const { tun_types } = query
      const answer = includesCloudflared(tun_types) ? listTunnels(request, params.account_id, query) : emptyPage(query)
      request.leaning = [...(request.leaning ?? []), tun_types === undefined ? 'list_all' : 'list_types']
      return answer
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
    request => {
      const { name, tunnel_secret } = request.body
      const tunnel = addTunnel(request, request.params.account_id, { name, tunnel_secret })
      request.leaning = ARGO
      return ok(presentArgoTunnel(tunnel, []))
    },
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
      const { tunnel, connectors } = readTunnel(request, request.params)
      request.leaning = ARGO
      return ok(presentArgoTunnel(tunnel, connectors()))
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
    request => {
      const tunnel = removeTunnel(request, request.params, false)
      request.leaning = ARGO
      return ok(presentArgoTunnel(tunnel, []))
    },
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
        response: answers(CleanedUp),
      },
    },
    request => {
      dropConnections(request, request.params, cutOffPending)
      request.leaning = ['argo_paths', 'argo_clean_up', 'clean_up_answer']
      return ok(null)
    },
  )
}
