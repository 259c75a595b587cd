import { action } from '../data/act.ts'
import { call } from '../data/control.ts'
import { usePolling } from '../data/poll.ts'
import { useResource } from '../data/resource.ts'
import { href, path } from '../data/route.ts'
import { info } from '../data/store.ts'
import { Copyable } from '../parts/copy-menu.tsx'
import { count } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { Addresses, RunCloudflared } from './edge/connect.tsx'
import { RealConnectors, realConnectors } from './edge/connectors.tsx'
import { GatewayRequests } from './edge/requests.tsx'
import { EDGE_FAULTS } from './faults/kinds.tsx'
import { FaultTools } from './faults/tools.tsx'

const TABS = [
  { name: 'connectors', label: 'Connectors', href: href(['edge']) },
  { name: 'requests', label: 'Requests', href: href(['edge', 'requests']) },
  { name: 'faults', label: 'Faults', href: href(['edge', 'faults']) },
] as const

/** `#/edge`, `#/edge/requests` and `#/edge/faults`. */
export function Edge() {
  if (info.value === undefined) return <PageHead title="Edge" />
  return info.value.edge ? <EdgeIsOn gatewayUrl={info.value.edge.gateway_url} /> : <EdgeIsOff />
}

function EdgeIsOff() {
  return (
    <>
      <PageHead title="Edge" facts="off" />
      <Panel>
        <Empty title="The edge of this server is off">
          <p>
            With it, a real cloudflared connects to mockflared and carries requests. Start the server with a port for
            it:
          </p>
          <Copyable text="mockflared --edge-port 7844 --gateway-port 8080" label="the command" />
        </Empty>
      </Panel>
    </>
  )
}

function EdgeIsOn({ gatewayUrl }: { gatewayUrl: string }) {
  const tab = TABS.find(({ name }) => name === path.value[1])?.name ?? 'connectors'
  const connectors = realConnectors().length
  return (
    <>
      <PageHead
        title="Edge"
        facts={connectors === 0 ? 'no cloudflared is connected' : `${count(connectors, 'real connector')} connected`}
      />
      <Tabs label="Parts of the edge" tabs={TABS} current={tab}>
        {tab === 'connectors' && <Connectors />}
        {tab === 'requests' && <GatewayRequests gatewayUrl={gatewayUrl} />}
        {tab === 'faults' && <EdgeFaults />}
      </Tabs>
    </>
  )
}

function Connectors() {
  const edge = useResource(() => call('getEdge'), { changes: ({ type }) => type.startsWith('connection_') })
  return (
    <>
      <RealConnectors />
      <Loaded resource={edge} action={action('getEdge', {})}>
        {status => (
          <>
            <RunCloudflared edge={status} />
            <Addresses edge={status} reload={edge.reload} />
          </>
        )}
      </Loaded>
    </>
  )
}

/** What a fault of the edge acts on has no event of its own. */
const READ_EVERY_MS = 2_000

function EdgeFaults() {
  const reports = useResource(() => call('listEdgeFaults'), {
    changes: ({ type }) => type.startsWith('fault_') || type === 'world_reset',
  })
  usePolling(reports.reload, READ_EVERY_MS)
  return <FaultTools kind={EDGE_FAULTS} reports={reports} />
}
