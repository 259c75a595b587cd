import { HOSTNAME_ROUTE_ERRORS } from '../../../src/resources/hostname-routes/errors.ts'
import { UNKNOWN_ID } from '../../support/emulator.ts'
import { startNetworks } from '../../support/networks.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

describeErrors(HOSTNAME_ROUTE_ERRORS, {
  hostname_route_not_found: async () => (await startNetworks()).hostnames.get(`/${UNKNOWN_ID}`),
  hostname_route_exists: async () => {
    const { hostname, hostnames, tunnel } = await startNetworks()
    await hostname('wiki.example.com')
    return hostnames.post('', { hostname: 'WIKI.example.com', tunnel_id: tunnel.id })
  },
})
