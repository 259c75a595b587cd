import { HostnameRoute } from '../hostname-route.ts'
import { AccountId } from '../identifiers.ts'
import { Teamnet } from '../network-route.ts'
import { CLOSED, type Static, Type } from '../typebox.ts'
import { VirtualNetwork } from '../virtual-network.ts'
import { LatestEventId } from './event.ts'

const OverviewNetwork = Type.Object(
  { account_id: AccountId, ...Type.Omit(VirtualNetwork, ['deleted_at']).properties },
  { ...CLOSED, title: 'OverviewNetwork' },
)

const OverviewRoute = Type.Object(
  { account_id: AccountId, ...Type.Omit(Teamnet, ['deleted_at', 'tun_type']).properties },
  { ...CLOSED, title: 'OverviewRoute' },
)

const OverviewHostnameRoute = Type.Object(
  { account_id: AccountId, ...Type.Omit(HostnameRoute, ['deleted_at', 'tun_type']).properties },
  { ...CLOSED, title: 'OverviewHostnameRoute' },
)

export const NetworkOverview = Type.Object(
  {
    event_id: LatestEventId,
    virtual_networks: Type.Array(OverviewNetwork, { description: 'The newest of an account first.' }),
    routes: Type.Array(OverviewRoute, { description: 'To private networks, the newest of an account first.' }),
    hostname_routes: Type.Array(OverviewHostnameRoute, {
      description: 'To private hostnames, the newest of an account first.',
    }),
  },
  {
    ...CLOSED,
    title: 'NetworkOverview',
    description: 'The private networks of all accounts, without deleted ones and without secrets.',
  },
)
export type NetworkOverview = Static<typeof NetworkOverview>
