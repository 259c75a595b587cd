import type { RouteRecord } from '../../../schemas/network-route.ts'
import {
  type StateRoute,
  StateRoutes,
  type StateVirtualNetwork,
  StateVirtualNetworks,
} from '../../../schemas/state-networks.ts'
import type { VirtualNetworkRecord } from '../../../schemas/virtual-network.ts'
import { type SectionContext, StateError, type StateSection } from '../../worlds/state-format.ts'
import { derivedUuid } from '../derived-uuid.ts'
import {
  itemsOf,
  requireDistinct,
  requireListedAccount,
  requireSeededTunnel,
  type SeedItem,
  seededTunnels,
  timesOf,
} from '../network-seed.ts'
import { derivedNetworkId } from './default-network.ts'
import { canonicalNetwork } from './rules.ts'
import { allRoutes, allStoredNetworks, saveNetwork, saveRoute } from './store.ts'

const NETWORKS = 'virtual_networks'

export const VIRTUAL_NETWORK_SECTION: StateSection = {
  key: NETWORKS,
  model: StateVirtualNetworks,
  recordsOf: (_parts, context: SectionContext) => {
    const networks = networksIn(context)
    const taken = new Set<string>()
    for (const { where, item } of networks) {
      const { account_id, id, name, deleted_at, is_default_network } = item
      requireListedAccount(where, account_id, context)
      requireDistinct(`${where}.id`, `${account_id} id ${id}`, taken, `another virtual network has the id ${id}`)
      // The generated network may have the name of another one.
      if (deleted_at === null && id !== derivedNetworkId(account_id))
        requireDistinct(`${where}.name`, `${account_id} name ${name}`, taken, `another live one is named "${name}"`)
      if (is_default_network) {
        if (deleted_at !== null) throw new StateError(where, 'the default network cannot be deleted')
        requireDistinct(where, `${account_id} default`, taken, 'the account has another default network')
      }
    }
    for (const { where, item } of networks) requireSuccessor(where, item, taken)
    return networks.map(({ item }) => item)
  },
  write: (db, record: VirtualNetworkRecord) => saveNetwork(db, record),
  read: allStoredNetworks,
}

export const ROUTE_SECTION: StateSection = {
  key: 'routes',
  model: StateRoutes,
  recordsOf: (parts, context: SectionContext) => {
    const networks = networksIn(context).map(({ item }) => item)
    const tunnels = seededTunnels(context)
    const taken = new Set<string>()
    return itemsOf<StateRoute>(parts).map(seeded => {
      const { where } = seeded
      const route = routeOf(seeded, networks, context)
      const { account_id, id, network, virtual_network_id, deleted_at } = route
      requireListedAccount(where, account_id, context)
      requireSeededTunnel(where, route, tunnels)
      requireDistinct(`${where}.id`, `${account_id} ${id}`, taken, `another route has the id ${id}`)
      if (deleted_at === null)
        requireDistinct(
          `${where}.network`,
          `${account_id} ${virtual_network_id} ${network}`,
          taken,
          `another live route leads to ${network}`,
        )
      return route
    })
  },
  write: (db, record: RouteRecord) => saveRoute(db, record),
  read: allRoutes,
}

function networksIn(context: SectionContext): readonly SeedItem<VirtualNetworkRecord>[] {
  return itemsOf<StateVirtualNetwork>(context.partsOf(NETWORKS)).map(({ where, item }) => {
    const account_id = item.account_id.toLowerCase()
    return {
      where,
      item: {
        account_id,
        id: item.id?.toLowerCase() ?? derivedNetworkId(account_id, item.name),
        name: item.name,
        is_default_network: item.is_default_network ?? false,
        comment: item.comment ?? '',
        ...timesOf(item, where, context),
      },
    }
  })
}

/** The network that Cloudflare generated is the default one until another one is. */
function requireSuccessor(where: string, { account_id, id }: VirtualNetworkRecord, taken: ReadonlySet<string>): void {
  if (id === derivedNetworkId(account_id) && !taken.has(`${account_id} default`))
    throw new StateError(where, 'must have is_default_network, or another one of the account must')
}

function routeOf(
  { where, item }: SeedItem<StateRoute>,
  networks: readonly VirtualNetworkRecord[],
  context: SectionContext,
): RouteRecord {
  const account_id = item.account_id.toLowerCase()
  const network = canonicalNetwork(item.network)
  const times = timesOf(item, where, context)
  const ofAccount = networks.filter(one => one.account_id === account_id)
  const defaultId = ofAccount.find(one => one.is_default_network)?.id ?? derivedNetworkId(account_id)
  const virtual_network_id = item.virtual_network_id?.toLowerCase() ?? defaultId
  const named = ofAccount.find(({ id }) => id === virtual_network_id)
  if (virtual_network_id !== defaultId && (!named || (named.deleted_at !== null && times.deleted_at === null)))
    throw new StateError(`${where}.virtual_network_id`, 'the account has no such network, or it is deleted')
  return {
    account_id,
    id: item.id?.toLowerCase() ?? derivedUuid(`route ${account_id} ${virtual_network_id} ${network}`),
    network,
    tunnel_id: item.tunnel_id.toLowerCase(),
    virtual_network_id,
    comment: item.comment ?? '',
    ...times,
  }
}
