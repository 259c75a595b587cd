import type { Finding } from '../../schemas/control/lint.ts'
import type { NetworkOverview } from '../../schemas/control/network-overview.ts'
import { action } from '../data/act.ts'
import { changesIn } from '../data/changes.ts'
import { call } from '../data/control.ts'
import { hasWords } from '../data/find.ts'
import { useResource } from '../data/resource.ts'
import { query, setQuery } from '../data/route.ts'
import { nameOfTunnel } from '../data/store.ts'
import { Button } from '../parts/button.tsx'
import { count, visible } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { Glyph } from '../parts/status.tsx'
import { NoHostnameRoutes, NoRoutes } from './networks/empty.tsx'
import { RouteMap } from './networks/route-map.tsx'
import {
  closest,
  foundRoutes,
  type HostnameRoute,
  inOrder,
  lookedUp,
  type Route,
  type VirtualNetwork,
} from './networks/rows.ts'

/** The server decides which routes overlap. */
async function load() {
  const [overview, findings] = await Promise.all([call('getNetworkOverview'), call('lint')])
  return { overview, findings: findings.filter(({ rule }) => rule === 'routes_overlap') }
}

/** `#/networks`. `find` takes words, or an address or network. */
export function Networks() {
  const resource = useResource(load, {
    changes: changesIn('route_', 'virtual_network_', 'hostname_route_', 'tunnel_updated', 'tunnel_deleted'),
  })
  const find = query.value.get('find') ?? ''
  return (
    <>
      <PageHead title="Networks" facts={resource.data && factsOf(resource.data.overview)}>
        <input
          type="search"
          aria-label="Find routes by words or by an address"
          placeholder="Find, or 10.20.3.4…"
          value={find}
          onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
        />
      </PageHead>
      <Loaded resource={resource} action={action('getNetworkOverview', {})}>
        {({ overview, findings }) => <Maps overview={overview} findings={findings} find={find} />}
      </Loaded>
    </>
  )
}

function factsOf({ routes, hostname_routes, virtual_networks }: NetworkOverview): string {
  const networks = count(virtual_networks.length, 'virtual network')
  return `${count(routes.length, 'route')} in ${networks}, ${count(hostname_routes.length, 'hostname route')}`
}

interface MapsProps {
  readonly overview: NetworkOverview
  readonly findings: readonly Finding[]
  readonly find: string
}

function Maps({ overview: { virtual_networks, routes, hostname_routes }, findings, find }: MapsProps) {
  const isAddress = lookedUp(find) !== undefined
  const networks = virtual_networks
    .toSorted((a, b) => Number(b.is_default_network) - Number(a.is_default_network))
    .map(network => {
      const own = routes.filter(({ virtual_network_id }) => virtual_network_id === network.id)
      return { network, own, found: foundRoutes(own, find) }
    })
    .filter(({ found }) => find === '' || found.length > 0)
  const hostnames = isAddress
    ? []
    : hostname_routes.filter(({ hostname, comment, tunnel_name }) => hasWords(find, hostname, comment, tunnel_name))
  return (
    <>
      {networks.map(({ network, own, found }) => (
        <NetworkPanel
          key={network.id}
          network={network}
          routes={found}
          isEmpty={own.length === 0}
          findings={findings}
          {...(isAddress && { address: find.trim() })}
        />
      ))}
      {virtual_networks.length === 0 && (
        <Panel>
          <NoRoutes />
        </Panel>
      )}
      {(hostnames.length > 0 || find === '') && (
        <HostnamePanel routes={hostnames} account_id={virtual_networks[0]?.account_id} />
      )}
      {find !== '' && networks.length === 0 && hostnames.length === 0 && (
        <Panel>
          <Empty title={isAddress ? `No route leads to ${visible(find.trim())}` : 'No route matches'}>
            <Button label="Show all routes" onPress={() => setQuery({ find: undefined })} />
          </Empty>
        </Panel>
      )}
    </>
  )
}

/** The server names tunnels by their ids. */
function withNames(message: string): string {
  return message.replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, id => nameOfTunnel(id))
}

interface NetworkPanelProps {
  readonly network: VirtualNetwork
  readonly routes: readonly Route[]
  readonly isEmpty: boolean
  readonly findings: readonly Finding[]
  /** Someone looks for it. */
  readonly address?: string
}

function NetworkPanel({ network, routes, isEmpty, findings, address }: NetworkPanelProps) {
  const { name, comment, is_default_network } = network
  const winner = address === undefined ? undefined : closest(routes)
  const problems = findings.filter(({ id }) => routes.some(route => route.id === id))
  return (
    <Panel
      title={
        <>
          {visible(name)} {is_default_network && <span class="tag">default network</span>}
        </>
      }
      actions={<span class="quiet-text">{visible(comment)}</span>}
    >
      {isEmpty ? (
        <NoRoutes network={network} />
      ) : (
        <RouteMap
          label={`Routes in ${visible(name)}`}
          rows={inOrder(routes).map(route => ({
            id: route.id,
            tunnel_id: route.tunnel_id,
            label: route.network,
            comment: route.comment,
            note: route === winner && <span class="tag">serves {visible(address ?? '')}</span>,
          }))}
        />
      )}
      {problems.map(({ id, message }) => (
        <p key={id} class="route-problem">
          <Glyph status="degraded" /> {visible(withNames(message))}
        </p>
      ))}
    </Panel>
  )
}

function HostnamePanel({ routes, account_id }: { routes: readonly HostnameRoute[]; account_id: string | undefined }) {
  return (
    <Panel title="Hostname routes" actions={<span class="quiet-text">To private hostnames</span>}>
      {routes.length === 0 ? (
        <NoHostnameRoutes account_id={account_id} />
      ) : (
        <RouteMap
          label="Hostname routes"
          rows={routes
            .toSorted((a, b) => (a.hostname < b.hostname ? -1 : 1))
            .map(({ id, tunnel_id, hostname, comment }) => ({ id, tunnel_id, label: hostname, comment }))}
        />
      )}
    </Panel>
  )
}
