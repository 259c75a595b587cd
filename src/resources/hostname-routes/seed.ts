import type { HostnameRouteRecord } from '../../../schemas/hostname-route.ts'
import { type StateHostnameRoute, StateHostnameRoutes } from '../../../schemas/state-networks.ts'
import type { SectionContext, StateSection } from '../../worlds/state-format.ts'
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
import { allHostnameRoutes, saveHostnameRoute } from './store.ts'

export const HOSTNAME_ROUTE_SECTION: StateSection = {
  key: 'hostname_routes',
  model: StateHostnameRoutes,
  recordsOf: (parts, context: SectionContext) => {
    const tunnels = seededTunnels(context)
    const taken = new Set<string>()
    return itemsOf<StateHostnameRoute>(parts).map(seeded => {
      const { where } = seeded
      const route = routeOf(seeded, context)
      const { account_id, id, hostname, deleted_at } = route
      const key = `${account_id} hostname ${hostname.toLowerCase()}`
      requireListedAccount(where, account_id, context)
      requireSeededTunnel(where, route, tunnels)
      requireDistinct(`${where}.id`, `${account_id} id ${id}`, taken, `another hostname route has the id ${id}`)
      if (deleted_at === null)
        requireDistinct(`${where}.hostname`, key, taken, `another live route leads to ${hostname}`)
      return route
    })
  },
  write: (db, record: HostnameRouteRecord) => saveHostnameRoute(db, record),
  read: allHostnameRoutes,
}

function routeOf({ where, item }: SeedItem<StateHostnameRoute>, context: SectionContext): HostnameRouteRecord {
  const account_id = item.account_id.toLowerCase()
  return {
    account_id,
    id: item.id?.toLowerCase() ?? derivedUuid(`hostname route ${account_id} ${item.hostname.toLowerCase()}`),
    hostname: item.hostname,
    tunnel_id: item.tunnel_id.toLowerCase(),
    comment: item.comment ?? '',
    ...timesOf(item, where, context),
  }
}
