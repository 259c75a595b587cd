import { AccountPath } from '../../../schemas/identifiers.ts'
import type { VirtualNetworkRecord } from '../../../schemas/virtual-network.ts'
import {
  VirtualNetwork,
  VirtualNetworkCreate,
  VirtualNetworkDeleteQuery,
  VirtualNetworkListQuery,
  VirtualNetworkPath,
  VirtualNetworkUpdate,
} from '../../../schemas/virtual-network.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, pageResponseModels, responseModels } from '../../gateway/route.ts'
import type { Database } from '../../store/database.ts'
import { pageOf } from '../network-list.ts'
import { NETWORK_READ, NETWORK_WRITE } from '../network-permissions.ts'
import { findLiveNetwork, networksOf } from './default-network.ts'
import { NETWORK_ERRORS } from './errors.ts'
import { selectNetworks } from './list.ts'
import { addNetwork, changeNetwork, deleteNetwork } from './network-operations.ts'
import { NETWORK_OPERATIONS } from './operation-ids.ts'
import { presentNetwork } from './present.ts'
import { requireNetwork } from './rules.ts'

const COLLECTION = '/accounts/:account_id/teamnet/virtual_networks'
const ITEM = `${COLLECTION}/:virtual_network_id`
const tags = ['Virtual Networks']

const { virtual_network_not_found, virtual_network_name_taken, virtual_network_is_default, virtual_network_in_use } =
  NETWORK_ERRORS

export function virtualNetworkRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: NETWORK_READ },
      schema: {
        operationId: NETWORK_OPERATIONS.list_networks,
        summary: 'List virtual networks',
        description: 'Returns the virtual networks of an account, newest first. Deleted ones only on request.',
        tags,
        params: AccountPath,
        querystring: VirtualNetworkListQuery,
        response: pageResponseModels(VirtualNetwork),
      },
    },
    ({ world, params, query }) => {
      const networks = selectNetworks(networksOf(world.db, params.account_id), query, world.changes)
      return pageOf(networks, query, presentNetwork)
    },
  )

  app.post(
    COLLECTION,
    {
      config: { permission: NETWORK_WRITE, errors: [virtual_network_name_taken] },
      schema: {
        operationId: NETWORK_OPERATIONS.create_network,
        summary: 'Create a virtual network',
        description: 'Creates a virtual network. No other live one may have its name. It can become the default one.',
        tags,
        params: AccountPath,
        body: VirtualNetworkCreate,
        response: responseModels(VirtualNetwork),
      },
    },
    request => ok(presentNetwork(addNetwork(request, request.params.account_id, request.body))),
  )

  app.get(
    ITEM,
    {
      config: { permission: NETWORK_READ, errors: [virtual_network_not_found] },
      schema: {
        operationId: NETWORK_OPERATIONS.get_network,
        summary: 'Get a virtual network',
        description: 'Returns one virtual network that is not deleted.',
        tags,
        params: VirtualNetworkPath,
        response: responseModels(VirtualNetwork),
      },
    },
    ({ world, params }) => ok(presentNetwork(networkIn(world.db, params))),
  )

  app.patch(
    ITEM,
    {
      config: { permission: NETWORK_WRITE, errors: [virtual_network_not_found, virtual_network_name_taken] },
      schema: {
        operationId: NETWORK_OPERATIONS.update_network,
        summary: 'Update a virtual network',
        description: 'Changes its name or its comment, or makes it the default one.',
        tags,
        params: VirtualNetworkPath,
        body: VirtualNetworkUpdate,
        response: responseModels(VirtualNetwork),
      },
    },
    request => {
      const network = networkIn(request.world.db, request.params)
      return ok(presentNetwork(changeNetwork(request, network, request.body)))
    },
  )

  app.delete(
    ITEM,
    {
      config: {
        permission: NETWORK_WRITE,
        errors: [virtual_network_not_found, virtual_network_is_default, virtual_network_in_use],
      },
      schema: {
        operationId: NETWORK_OPERATIONS.delete_network,
        summary: 'Delete a virtual network',
        description:
          'Marks it as deleted. An error for the default one, and while it has routes, unless `force` is true.',
        tags,
        params: VirtualNetworkPath,
        querystring: VirtualNetworkDeleteQuery,
        response: responseModels(VirtualNetwork),
      },
    },
    request => {
      const network = networkIn(request.world.db, request.params)
      return ok(presentNetwork(deleteNetwork(request, network, request.query.force ?? false)))
    },
  )
}

/** Finds the virtual network in the path of a request. */
function networkIn(db: Database, { account_id, virtual_network_id }: VirtualNetworkPath): VirtualNetworkRecord {
  return requireNetwork(findLiveNetwork(db, account_id, virtual_network_id))
}
