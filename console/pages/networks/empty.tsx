import { tunnels } from '../../data/store.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { Empty } from '../../parts/states.tsx'
import { curlOfSend } from '../tunnel/api-curl.ts'
import type { VirtualNetwork } from './rows.ts'

/** With the first tunnel of the account, if it has one. */
function tunnelIn(account_id: string | undefined) {
  return tunnels.value.find(one => account_id === undefined || one.account_id === account_id)
}

export function NoRoutes({ network }: { network?: VirtualNetwork }) {
  const tunnel = tunnelIn(network?.account_id)
  return (
    <Empty title={network ? 'No routes in this virtual network' : 'No private networks yet'}>
      {tunnel ? (
        <>
          <p>Lead a private network to a tunnel:</p>
          <Copyable
            text={curlOfSend('POST', `/accounts/${tunnel.account_id}/teamnet/routes`, {
              network: '10.1.0.0/16',
              tunnel_id: tunnel.tunnel_id,
              ...(network && !network.is_default_network && { virtual_network_id: network.id }),
            })}
            label="as curl"
          />
        </>
      ) : (
        <p>A route leads a private network to a tunnel. Create a tunnel first.</p>
      )}
    </Empty>
  )
}

export function NoHostnameRoutes({ account_id }: { account_id: string | undefined }) {
  const tunnel = tunnelIn(account_id)
  return (
    <Empty title="No hostname routes">
      {tunnel ? (
        <>
          <p>Lead a private hostname to a tunnel:</p>
          <Copyable
            text={curlOfSend('POST', `/accounts/${tunnel.account_id}/zerotrust/routes/hostname`, {
              hostname: 'wiki.internal.example.com',
              tunnel_id: tunnel.tunnel_id,
            })}
            label="as curl"
          />
        </>
      ) : (
        <p>A hostname route leads a private hostname to a tunnel.</p>
      )}
    </Empty>
  )
}
