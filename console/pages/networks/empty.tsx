import { info, tunnels } from '../../data/store.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { Empty } from '../../parts/states.tsx'
import { curlOfSend } from '../tunnel/api-curl.ts'
import type { VirtualNetwork } from './rows.ts'

export function NoRoutes({ network }: { network?: VirtualNetwork }) {
  return (
    <Empty title={network ? 'No routes in this virtual network' : 'No private networks yet'}>
      <Creation
        account_id={network?.account_id}
        what="private network"
        path="/teamnet/routes"
        body={{ network: '10.1.0.0/16', ...(network && { virtual_network_id: network.id }) }}
      />
    </Empty>
  )
}

export function NoHostnameRoutes({ account_id }: { account_id: string | undefined }) {
  return (
    <Empty title="No hostname routes yet">
      <Creation
        account_id={account_id}
        what="private hostname"
        path="/zerotrust/routes/hostname"
        body={{ hostname: 'wiki.internal.example.com' }}
      />
    </Empty>
  )
}

interface CreationProps {
  readonly account_id: string | undefined
  readonly what: string
  readonly path: string
  readonly body: object
}

/** With the first tunnel of the account. Without one, a tunnel comes first. */
function Creation({ account_id = info.value?.account_id, what, path, body }: CreationProps) {
  const tunnel = tunnels.value.find(one => one.account_id === account_id)
  const account = `/accounts/${account_id}`
  return tunnel ? (
    <>
      <p>Lead a {what} to a tunnel:</p>
      <Copyable
        text={curlOfSend('POST', `${account}${path}`, { ...body, tunnel_id: tunnel.tunnel_id })}
        label="as curl"
      />
    </>
  ) : (
    <>
      <p>A route leads a {what} to a tunnel. Create a tunnel first:</p>
      <Copyable
        text={curlOfSend('POST', `${account}/cfd_tunnel`, { name: 'office', config_src: 'cloudflare' })}
        label={`the command that creates a tunnel for a ${what}`}
      />
    </>
  )
}
