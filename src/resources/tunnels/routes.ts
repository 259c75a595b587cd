import { AccountPath, TunnelPath } from '../../../schemas/identifiers.ts'
import {
  CreatedTunnel,
  Tunnel,
  TunnelCreate,
  TunnelDeleteQuery,
  TunnelListQuery,
  TunnelUpdate,
  UpdatedTunnel,
} from '../../../schemas/tunnel.ts'
import { onUpdate } from '../../evidence/attribution.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, answers, pages } from '../../gateway/route.ts'
import { trackedConnectors } from '../connections/store.ts'
import { tell } from './events.ts'
import { addTunnel, listTunnels, readTunnel, removeTunnel } from './operations.ts'
import { presentCreated, presentTunnel, presentUpdated } from './present.ts'
import { requireFound, requireFreeName, updateTunnel } from './rules.ts'
import { findTunnel, isNameFree, saveTunnel } from './store.ts'

const COLLECTION = '/accounts/:account_id/cfd_tunnel'
const ITEM = `${COLLECTION}/:tunnel_id`
const tags = ['Tunnels']

export function tunnelRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { need: 'read' },
      schema: {
        operationId: 'cloudflare-tunnel-list-cloudflare-tunnels',
        summary: 'List tunnels',
        description: 'The tunnels of an account, newest first, page by page. Deleted ones only on request.',
        tags,
        params: AccountPath,
        querystring: TunnelListQuery,
        response: pages(Tunnel),
      },
    },
    request => listTunnels(request, request.params.account_id, request.query),
  )

  app.post(
    COLLECTION,
    {
      config: { need: 'write', refusals: ['tunnel_name_taken'] },
      schema: {
        operationId: 'cloudflare-tunnel-create-a-cloudflare-tunnel',
        summary: 'Create a tunnel',
        description: 'A new tunnel, with its token and credentials file. Its name must be free among live tunnels.',
        tags,
        params: AccountPath,
        body: TunnelCreate,
        response: answers(CreatedTunnel),
      },
    },
    request => {
      const { world, params, body } = request
      return ok(presentCreated(addTunnel(request, params.account_id, body), world.behaviour))
    },
  )

  app.get(
    ITEM,
    {
      config: { need: 'read', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-get-a-cloudflare-tunnel',
        summary: 'Get a tunnel',
        description: 'One tunnel; a deleted one is still shown, with deleted_at set.',
        tags,
        params: TunnelPath,
        response: answers(Tunnel),
      },
    },
    request => {
      const { behaviour } = request.world
      const { tunnel, connectors } = readTunnel(request, request.params)
      return ok(presentTunnel(tunnel, behaviour.connections_gone ? undefined : connectors(), behaviour))
    },
  )

  app.patch(
    ITEM,
    {
      config: { need: 'write', refusals: ['tunnel_not_found', 'tunnel_name_taken'] },
      schema: {
        operationId: 'cloudflare-tunnel-update-a-cloudflare-tunnel',
        summary: 'Update a tunnel',
        description: 'Renames it or rotates its secret. The answer carries the token of the present secret.',
        tags,
        params: TunnelPath,
        body: TunnelUpdate,
        response: answers(UpdatedTunnel),
      },
    },
    request => {
      const { world, params, body } = request
      const { db, behaviour } = world
      const moment = world.moment()

      const tunnel = db.transaction(() => {
        const found = requireFound(findTunnel(db, params.account_id, params.tunnel_id, moment))
        const updated = updateTunnel(found, body, world.secret_min_bytes)
        requireFreeName(isNameFree(db, updated))
        saveTunnel(db, updated)
        return updated
      })
      tell(world, 'tunnel_updated', tunnel, moment.now)
      const connectors = trackedConnectors(db, tunnel, moment)
      request.leaning = onUpdate(body, tunnel, connectors, behaviour)
      return ok(presentUpdated(tunnel, connectors, behaviour))
    },
  )

  app.delete(
    ITEM,
    {
      config: { need: 'write', refusals: ['tunnel_not_found', 'tunnel_connected'] },
      schema: {
        operationId: 'cloudflare-tunnel-delete-a-cloudflare-tunnel',
        summary: 'Delete a tunnel',
        description:
          'Marks it as deleted and frees its name. Refused while connections are tracked, unless it cascades.',
        tags,
        params: TunnelPath,
        querystring: TunnelDeleteQuery,
        response: answers(Tunnel),
      },
    },
    request => {
      const { world, params, query } = request
      return ok(presentTunnel(removeTunnel(request, params, query.cascade ?? false), [], world.behaviour))
    },
  )
}
