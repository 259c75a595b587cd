/** Every cloudflared that is connected to a tunnel of this world. */
import type { Connector } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { events } from '../../data/live.ts'
import { href } from '../../data/route.ts'
import { allTunnels, nameOfTunnel } from '../../data/store.ts'
import { millis, now } from '../../data/time.ts'
import { ActionButton } from '../../parts/button.tsx'
import { verbsOf } from '../../parts/connector-verbs.ts'
import { spanOf, timeOf, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { Dots } from '../../picture/dots.tsx'
import { trackedIn } from '../../picture/tracked.ts'

interface Real {
  readonly tunnel: OverviewTunnel
  readonly connector: Connector
}

/** Those with a connection that is live or pending. */
export function realConnectors(): readonly Real[] {
  return allTunnels.value.flatMap(tunnel =>
    tunnel.connectors
      .filter(connector => connector.kind === 'real' && trackedIn(connector).length > 0)
      .map(connector => ({ tunnel, connector })),
  )
}

export function RealConnectors() {
  const connectors = realConnectors()
  return (
    <Panel title="Connected">
      {connectors.length === 0 ? (
        <Empty title="No cloudflared is connected">
          <p>Run one with the commands below. Simulated connectors are on the page Tunnels.</p>
        </Empty>
      ) : (
        <ul class="lines">
          {connectors.map(({ tunnel, connector }) => (
            <ConnectorLine key={connector.id} tunnel={tunnel} connector={connector} />
          ))}
        </ul>
      )}
      <Refusals />
    </Panel>
  )
}

function ConnectorLine({ tunnel, connector }: Real) {
  const { id, version, arch, run_at, config_version } = connector
  const tracked = trackedIn(connector)
  const colos = [...new Set(tracked.map(({ colo_name }) => colo_name.toUpperCase()))]
  const latest = tunnel.configuration?.version
  const isBehind = latest !== undefined && config_version !== null && config_version < latest
  return (
    <li>
      <div class="line-text">
        <a class="line-title" data-row href={href(['tunnels', tunnel.tunnel_id])}>
          {visible(tunnel.name)}
        </a>{' '}
        <Dots connector={connector} />
        <p class="quiet-text facts-row">
          <span>
            cloudflared {visible(version)} {visible(arch)}
          </span>
          <span>
            {tracked.filter(({ state }) => state === 'live').length} live in {colos.join(', ')}
          </span>
          <span>since {spanOf(now.value - millis(run_at))}</span>
          {config_version !== null && (
            <span class={isBehind ? 'degraded' : ''}>
              configuration {config_version}
              {isBehind && `, the latest is ${latest}`}
            </span>
          )}
          <code>{id.slice(0, 8)}</code>
        </p>
      </div>
      <div class="line-actions">
        {verbsOf(tunnel, connector)
          .filter(({ isPossible }) => isPossible)
          .map(({ label, icon, action, meaning }) => (
            <ActionButton
              key={label}
              action={action}
              label={label}
              name={`${label} ${tunnel.name} ${id.slice(0, 8)}`}
              icon={icon}
              title={meaning}
            />
          ))}
      </div>
    </li>
  )
}

const REFUSALS_SHOWN = 3

/** Why a cloudflared that runs is not in the list. */
function Refusals() {
  const refused = events.value.filter(({ type }) => type === 'registration_refused' || type === 'configuration_refused')
  if (refused.length === 0) return null
  return (
    <>
      <h3 class="small-text">Refused</h3>
      <ul class="quiet-text">
        {refused
          .slice(-REFUSALS_SHOWN)
          .toReversed()
          .map(({ id, at, type, tunnel_id, reason = '' }) => (
            <li key={id}>
              <time>{timeOf(millis(at))}</time> {tunnel_id && visible(nameOfTunnel(tunnel_id))}{' '}
              {type.startsWith('registration') ? 'registration' : 'configuration'} refused: {visible(reason)}
            </li>
          ))}
      </ul>
    </>
  )
}
