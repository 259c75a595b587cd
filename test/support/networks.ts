import type { RouteCreate } from '../../schemas/network-route.ts'
import type { VirtualNetwork } from '../../schemas/virtual-network.ts'
import type { EmulatorOptions } from '../../src/emulator/types.ts'
import { ACCOUNT, startEmulator } from './emulator.ts'

interface WithId {
  readonly id: string
}

/** An emulator with a tunnel, and clients for routes, virtual networks and hostname routes. */
export async function startNetworks(options: EmulatorOptions = {}) {
  const api = await startEmulator(options)
  const tunnel = await api.create({ name: 'blog', config_src: 'cloudflare' })
  const routes = api.at(`/accounts/${ACCOUNT}/teamnet/routes`)
  const networks = api.at(`/accounts/${ACCOUNT}/teamnet/virtual_networks`)
  const hostnames = api.at(`/accounts/${ACCOUNT}/zerotrust/routes/hostname`)

  return {
    ...api,
    tunnel,
    routes,
    networks,
    hostnames,

    /** Creates a route to a network and returns its id. */
    route: async (network: string, more: Partial<RouteCreate> = {}) =>
      (await routes.post<WithId>('', { network, tunnel_id: tunnel.id, ...more })).result.id,

    /** Creates a virtual network and returns its id. */
    network: async (name: string, more: object = {}) => (await networks.post<WithId>('', { name, ...more })).result.id,

    /** Creates a hostname route and returns its id. */
    hostname: async (hostname: string, more: object = {}) =>
      (await hostnames.post<WithId>('', { hostname, tunnel_id: tunnel.id, ...more })).result.id,

    defaultNetwork: async () => (await networks.get<VirtualNetwork[]>('?is_default_network=true')).result[0],

    /** The types of the events except requests. */
    happened: async () =>
      (await api.emulator.control.listEvents()).map(({ type }) => type).filter(type => type !== 'request'),
  }
}
