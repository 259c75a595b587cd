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
import { ok } from '../../gateway/envelope.ts'
import { type App, pageResponseModels, responseModels } from '../../gateway/route.ts'
import { trackedConnectors } from '../connections/store.ts'
import { TUNNEL_ERRORS } from './errors.ts'
import { emitTunnelEvent } from './events.ts'
import { OPERATIONS } from './operation-ids.ts'
import { addTunnel, getTunnel, listTunnels, removeTunnel } from './operations.ts'
import { TUNNEL_READ, TUNNEL_WRITE } from './permissions.ts'
import { presentCreated, presentTunnel, presentUpdated } from './present.ts'
import { requireFreeName, requireTunnel, updateTunnel } from './rules.ts'
import { findTunnel, isNameFree, saveTunnel } from './store.ts'

const COLLECTION = '/accounts/:account_id/cfd_tunnel'
const ITEM = `${COLLECTION}/:tunnel_id`
const tags = ['Tunnels']

export function tunnelRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: TUNNEL_READ, can_lag: true },
      schema: {
        operationId: OPERATIONS.list,
        summary: 'List tunnels',
        description: 'Returns the tunnels of an account by ascending id, page by page. Deleted ones need a filter.',
        tags,
        params: AccountPath,
        querystring: TunnelListQuery,
        response: pageResponseModels(Tunnel),
      },
    },
    request => listTunnels(request, request.params.account_id, request.query),
  )

  app.post(
    COLLECTION,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_name_taken] },
      schema: {
        operationId: OPERATIONS.create,
        summary: 'Create a tunnel',
        description:
          'Creates a tunnel, and returns its token and credentials file. No other live tunnel may have its name.',
        tags,
        params: AccountPath,
        body: TunnelCreate,
        response: responseModels(CreatedTunnel),
      },
    },
    request => {
      const { world, params, body } = request
      return ok(presentCreated(addTunnel(request, params.account_id, body), world.changes))
    },
  )

  app.get(
    ITEM,
    {
      config: { permission: TUNNEL_READ, errors: [TUNNEL_ERRORS.tunnel_not_found], can_lag: true },
      schema: {
        operationId: OPERATIONS.get,
        summary: 'Get a tunnel',
        description: 'Returns one tunnel, also a deleted one, with deleted_at.',
        tags,
        params: TunnelPath,
        response: responseModels(Tunnel),
      },
    },
    request => {
      const { changes } = request.world
      const { tunnel, connectors } = getTunnel(request, request.params)
      return ok(presentTunnel(tunnel, changes.connections_gone ? undefined : connectors(), changes))
    },
  )

  app.patch(
    ITEM,
    {
      config: {
        permission: TUNNEL_WRITE,
        errors: [TUNNEL_ERRORS.tunnel_not_found, TUNNEL_ERRORS.tunnel_deleted, TUNNEL_ERRORS.tunnel_name_taken],
      },
      schema: {
        operationId: OPERATIONS.update,
        summary: 'Update a tunnel',
        description: 'Renames a tunnel or rotates its secret. Returns the token of the current secret.',
        tags,
        params: TunnelPath,
        body: TunnelUpdate,
        response: responseModels(UpdatedTunnel),
      },
    },
    request => {
      const { world, moment, params, body } = request
      const { db, changes } = world

      const tunnel = db.transaction(() => {
        const found = requireTunnel(findTunnel(db, params.account_id, params.tunnel_id, moment))
        const updated = updateTunnel(found, body, world.secret_min_bytes)
        requireFreeName(isNameFree(db, updated))
        saveTunnel(db, updated)
        return updated
      })
      emitTunnelEvent(world, 'tunnel_updated', tunnel, moment.now)
      const connectors = trackedConnectors(db, tunnel, moment)
      return ok(presentUpdated(tunnel, connectors, changes))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_not_found, TUNNEL_ERRORS.tunnel_connected] },
      schema: {
        operationId: OPERATIONS.delete,
        summary: 'Delete a tunnel',
        description:
          'Marks a tunnel as deleted, and frees its name. An error while connections are tracked, unless `cascade` is true.',
        tags,
        params: TunnelPath,
        querystring: TunnelDeleteQuery,
        response: responseModels(Tunnel),
      },
    },
    request => {
      const { world, params, query } = request
      return ok(presentTunnel(removeTunnel(request, params, query.cascade ?? false), [], world.changes))
    },
  )
}
