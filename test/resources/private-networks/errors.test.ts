import { NETWORK_ERRORS } from '../../../src/resources/private-networks/errors.ts'
import { UNKNOWN_ID } from '../../support/emulator.ts'
import { startNetworks } from '../../support/networks.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

describeErrors(NETWORK_ERRORS, {
  route_exists: async () => {
    const { route, routes, tunnel } = await startNetworks()
    await route('10.0.0.0/8')
    return routes.post('', { network: '10.0.0.0/8', tunnel_id: tunnel.id })
  },
  route_not_found: async () => (await startNetworks()).routes.delete(`/${UNKNOWN_ID}`),
  tunnel_has_routes: async () => {
    const { route, delete: remove, tunnel } = await startNetworks({ behaviour: '2025-10-31' })
    await route('10.0.0.0/8')
    return remove(`/${tunnel.id}`)
  },
  virtual_network_not_found: async () => (await startNetworks()).networks.get(`/${UNKNOWN_ID}`),
  virtual_network_name_taken: async () => (await startNetworks()).networks.post('', { name: 'default' }),
  virtual_network_is_default: async () => {
    const { networks, defaultNetwork } = await startNetworks()
    return networks.delete(`/${(await defaultNetwork())?.id}?force=true`)
  },
  virtual_network_in_use: async () => {
    const { network, networks, route } = await startNetworks()
    const id = await network('staging')
    await route('10.0.0.0/8', { virtual_network_id: id })
    return networks.delete(`/${id}`)
  },
})
