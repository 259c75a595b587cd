import type { Result } from '../../schemas/control/control.ts'
import { redacted } from '../gateway/redaction.ts'
import { presentHostnameRoute } from '../resources/hostname-routes/present.ts'
import { hostnameRoutesOf } from '../resources/hostname-routes/store.ts'
import { networksOf } from '../resources/private-networks/default-network.ts'
import { presentTeamnet } from '../resources/private-networks/present.ts'
import { accountsWithNetworks, routesOf } from '../resources/private-networks/store.ts'
import type { Database } from '../store/database.ts'
import type { Context } from './context.ts'

type NetworkOverview = Result<'getNetworkOverview'>

/** Users choose names, hostnames and comments, and may have put a secret into them. */
export function getNetworkOverview({ world }: Context): NetworkOverview {
  const { db, events } = world
  world.now()
  const accounts = accountsWithNetworks(db).map(account_id => overviewOf(db, account_id))
  const overview: NetworkOverview = {
    event_id: events.lastId(),
    virtual_networks: accounts.flatMap(({ virtual_networks }) => virtual_networks),
    routes: accounts.flatMap(({ routes }) => routes),
    hostname_routes: accounts.flatMap(({ hostname_routes }) => hostname_routes),
  }
  return redacted(overview) as NetworkOverview
}

function overviewOf(db: Database, account_id: string): Omit<NetworkOverview, 'event_id'> {
  const networks = networksOf(db, account_id)
  return {
    virtual_networks: networks.filter(isLive).map(withoutDeletion),
    routes: routesOf(db, account_id)
      .filter(isLive)
      .map(route => presentTeamnet(route, networks))
      .map(({ tun_type, ...route }) => ({ account_id, ...withoutDeletion(route) })),
    hostname_routes: hostnameRoutesOf(db, account_id)
      .filter(isLive)
      .map(presentHostnameRoute)
      .map(({ tun_type, ...route }) => ({ account_id, ...withoutDeletion(route) })),
  }
}

interface Deletable {
  readonly deleted_at: string | null
}

function isLive({ deleted_at }: Deletable): boolean {
  return deleted_at === null
}

function withoutDeletion<T extends Deletable>({ deleted_at, ...others }: T): Omit<T, 'deleted_at'> {
  return others
}
