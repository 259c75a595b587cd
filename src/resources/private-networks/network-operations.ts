/** The writes on virtual networks. */
import type { FastifyRequest } from 'fastify'
import type { EventType } from '../../../schemas/control/event.ts'
import type {
  VirtualNetworkCreate,
  VirtualNetworkRecord,
  VirtualNetworkUpdate,
} from '../../../schemas/virtual-network.ts'
import { findLiveNetwork, networksOf } from './default-network.ts'
import { emitNetworkEvent } from './events.ts'
import { deleteRoute } from './route-operations.ts'
import { createNetwork, requireDeletable, requireFreeName, updateNetwork } from './rules.ts'
import { liveRoutesOfNetwork, saveNetwork } from './store.ts'

type RequestContext = Pick<FastifyRequest, 'world' | 'moment'>

export function addNetwork(
  request: RequestContext,
  account_id: string,
  body: VirtualNetworkCreate,
): VirtualNetworkRecord {
  const { world, moment } = request
  const network = createNetwork(body, { account_id, id: world.ids.uuid(), now: moment.now })
  save(request, network, 'virtual_network_created')
  return network
}

export function changeNetwork(
  request: RequestContext,
  network: VirtualNetworkRecord,
  body: VirtualNetworkUpdate,
): VirtualNetworkRecord {
  const updated = updateNetwork(network, body)
  save(request, updated, 'virtual_network_updated', network)
  return updated
}

/**
 * `force` deletes its routes too. The answer shows when it was deleted
 * (assumed: virtual_network_delete_answer).
 */
export function deleteNetwork(
  { world, moment }: RequestContext,
  network: VirtualNetworkRecord,
  force: boolean,
): VirtualNetworkRecord {
  const deleted = { ...network, deleted_at: moment.now }
  world.db.transaction(() => {
    const routes = liveRoutesOfNetwork(world.db, network)
    requireDeletable(network, routes, force)
    for (const route of routes) deleteRoute(world, route, moment.now)
    saveNetwork(world.db, deleted)
  })
  emitNetworkEvent(world, 'virtual_network_deleted', deleted, moment.now)
  return deleted
}

/**
 * An account has one default network: a new one takes the place of the old one
 * (inferred: default_network_one).
 */
function save(
  { world, moment }: RequestContext,
  network: VirtualNetworkRecord,
  event: EventType,
  before?: VirtualNetworkRecord,
): void {
  const { db } = world
  const demoted = db.transaction(() => {
    if (network.name !== before?.name) requireFreeName(network, networksOf(db, network.account_id))
    const old = network.is_default_network ? findLiveNetwork(db, network.account_id, undefined) : undefined
    const changed = old && old.id !== network.id ? [{ ...old, is_default_network: false }] : []
    for (const one of [...changed, network]) saveNetwork(db, one)
    return changed
  })
  emitNetworkEvent(world, event, network, moment.now)
  for (const one of demoted) emitNetworkEvent(world, 'virtual_network_updated', one, moment.now)
}
