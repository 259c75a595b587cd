import { AccountPath, TunnelPath } from '../../schemas/identifiers.ts'
import type { TunnelRecord } from '../../schemas/records.ts'
import {
  CreatedTunnel,
  Tunnel,
  TunnelCreate,
  TunnelDeleteQuery,
  TunnelListQuery,
  TunnelUpdate,
  UpdatedTunnel,
} from '../../schemas/tunnel.ts'
import { NEVER_CONNECTED } from '../domain/connections.ts'
import { onCreate, onDelete, onGet, onList, onUpdate } from '../domain/evidence/leaning.ts'
import {
  createTunnel,
  deleteTunnel,
  filterOf,
  requireFound,
  requireFreeName,
  requireVisible,
  updateTunnel,
} from '../domain/tunnels.ts'
import { visibleUntil } from '../domain/visibility.ts'
import { tell, tellConnections, tellingStatus } from '../world/happenings.ts'
import type { World } from '../world/world.ts'
import { ok, page } from './envelope.ts'
import { presentCreated, presentTunnel, presentUpdated } from './present.ts'
import { type App, answers, pages } from './route.ts'

const COLLECTION = '/accounts/:account_id/cfd_tunnel'
const ITEM = `${COLLECTION}/:tunnel_id`
const tags = ['Tunnels']

export const tunnelRoutes = (app: App): void => {
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
    request => {
      const { world, query, lagMs } = request
      const { account_id } = request.params
      const { store, behaviour } = world
      const moment = world.moment()
      const filter = { ...filterOf(query, behaviour), visible_until: visibleUntil(moment.now, lagMs) }
      const window = { limit: query.per_page, offset: (query.page - 1) * query.per_page }

      const { items, total } = store.tunnels.list(account_id, filter, window, moment)
      const connectors = behaviour.connections_gone
        ? undefined
        : store.connectors.trackedOfMany(account_id, items, moment)
      const tunnels = items.map(tunnel =>
        presentTunnel(tunnel, connectors && (connectors.get(tunnel.id) ?? []), behaviour),
      )
      request.leaning = onList(query, items, behaviour, lagMs > 0)
      return page(tunnels, { page: query.page, per_page: query.per_page, count: items.length, total_count: total })
    },
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
      const { store, ids, behaviour } = world
      const fresh = { id: ids.uuid(), secret: ids.secret(), now: world.moment().now }

      const tunnel = createTunnel(params.account_id, body, fresh, world.secret_min_bytes)
      store.transaction(() => {
        requireNameIsFree(world, tunnel)
        store.tunnels.insert(tunnel)
      })
      tell(world, 'tunnel_created', tunnel, fresh.now)
      const created = { ...tunnel, ...NEVER_CONNECTED }
      request.leaning = onCreate(body, created, behaviour)
      return ok(presentCreated(created, behaviour))
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
      const { world, params, lagMs } = request
      const { store, behaviour } = world
      const moment = world.moment()

      const tunnel = requireVisible(
        requireFound(store.tunnels.find(params.account_id, params.tunnel_id, moment)),
        visibleUntil(moment.now, lagMs),
      )
      const connectors = behaviour.connections_gone ? undefined : store.connectors.tracked(tunnel, moment)
      // Deleted or not (recorded: get_deleted).
      request.leaning = onGet(tunnel, behaviour, lagMs > 0)
      return ok(presentTunnel(tunnel, connectors, behaviour))
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
      const { store, behaviour } = world
      const moment = world.moment()

      const tunnel = store.transaction(() => {
        const found = requireFound(store.tunnels.find(params.account_id, params.tunnel_id, moment))
        const updated = updateTunnel(found, body, world.secret_min_bytes)
        requireNameIsFree(world, updated)
        store.tunnels.update(updated)
        return updated
      })
      tell(world, 'tunnel_updated', tunnel, moment.now)
      const connectors = store.connectors.tracked(tunnel, moment)
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
      const { world, params } = request
      const { cascade = false } = request.query
      const { store, behaviour } = world
      const moment = world.moment()

      const found = requireFound(store.tunnels.find(params.account_id, params.tunnel_id, moment))
      const tracked = store.connectors.tracked(found, moment).flatMap(({ connections }) => connections)
      const deleted = deleteTunnel(found, tracked, { cascade, now: moment.now, behaviour })
      tellingStatus(world, found, moment.now, () => {
        store.transaction(() => {
          store.connectors.close(deleted, tracked, moment.now)
          store.tunnels.update(deleted)
        })
        tellConnections(world, 'connection_closed', deleted, tracked, moment.now, 'tunnel deleted')
      })
      if (found.deleted_at === null) tell(world, 'tunnel_deleted', deleted, moment.now)
      request.leaning = onDelete(found, tracked, behaviour)
      return ok(presentTunnel({ ...deleted, live: false }, [], behaviour))
    },
  )
}

const requireNameIsFree = ({ store }: World, tunnel: TunnelRecord): void =>
  requireFreeName(tunnel, store.tunnels.findByName(tunnel.account_tag, tunnel.name))
