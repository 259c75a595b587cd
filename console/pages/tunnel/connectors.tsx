import { useEffect } from 'preact/hooks'
import type { Connector } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { action } from '../../data/act.ts'
import { curlOf } from '../../data/copy.ts'
import { href, query, setQuery } from '../../data/route.ts'
import { info, isWatching } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { ActionButton, Button } from '../../parts/button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { dateOf, timeOf, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { loadCities } from '../../picture/cities.ts'
import { trackedConnectors } from '../../picture/tracked.ts'
import { AddConnector } from './add-connector.tsx'
import { ConnectorCard } from './connector-card.tsx'
import { addressOf } from './connector-verbs.tsx'

/** Those with a connection as cards, the others below. */
export function Connectors({ tunnel }: { tunnel: OverviewTunnel }) {
  const connected = trackedConnectors(tunnel.connectors)
  const ended = tunnel.connectors.filter(connector => !connected.includes(connector))
  const isAdding = query.value.has('add')
  useEffect(() => void loadCities(), [])
  return (
    <>
      {tunnel.deleted_at === null && !isWatching.value && (
        <div class="row tab-actions">
          <Button
            label="Add a connector"
            icon="plus"
            isPressed={isAdding}
            onPress={() => setQuery({ add: isAdding ? undefined : '1' })}
          />
        </div>
      )}
      {isAdding && <AddConnector tunnel={tunnel} />}
      {connected.length === 0 && <NoConnector tunnel={tunnel} />}
      <ol>
        {connected.map(connector => (
          <ConnectorCard
            key={connector.id}
            tunnel={tunnel}
            connector={connector}
            nth={tunnel.connectors.indexOf(connector) + 1}
          />
        ))}
      </ol>
      {ended.length > 0 && <Ended tunnel={tunnel} connectors={ended} />}
    </>
  )
}

function NoConnector({ tunnel }: { tunnel: OverviewTunnel }) {
  const { account_id, tunnel_id, deleted_at } = tunnel
  const connect = action('connectConnector', { account_id, tunnel_id })
  if (deleted_at !== null) return <Empty title="The tunnel is deleted, so nothing is connected" />
  return (
    <Empty title="No connector is connected">
      <p>A connector is a cloudflared that runs the tunnel. Start a simulated one:</p>
      <ActionButton label="Connect one" icon="plug" kind="primary" action={connect} />
      <Copyable text={curlOf(connect)} label="as curl" />
      {info.value?.edge && <a href={href(['edge'])}>Run a real cloudflared instead</a>}
    </Empty>
  )
}

function Ended({ tunnel, connectors }: { tunnel: OverviewTunnel; connectors: readonly Connector[] }) {
  return (
    <Panel title="No longer connected">
      <ul class="ended">
        {connectors.map(connector => (
          <li key={connector.id}>
            <Copyable text={connector.id} label={`the id of connector ${tunnel.connectors.indexOf(connector) + 1}`} />
            <span class="quiet-text">
              {visible(connector.version)} · {lastSeen(connector)}
            </span>
            {tunnel.deleted_at === null && connector.kind === 'simulated' && (
              <ActionButton
                label="Reconnect"
                icon="plug"
                action={action('reconnectConnector', addressOf(tunnel, connector))}
              />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function lastSeen({ connections }: Connector): string {
  const ends = connections.flatMap(({ lost_at, closed_at }) =>
    (lost_at ?? closed_at) ? [millis(lost_at ?? closed_at ?? '')] : [],
  )
  if (ends.length === 0) return 'never connected'
  const last = Math.max(...ends)
  return `until ${dateOf(last)} ${timeOf(last)}`
}
