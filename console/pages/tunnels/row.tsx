import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { href } from '../../data/route.ts'
import { count, visible } from '../../parts/format.ts'
import { Glyph, StatusWord } from '../../parts/status.tsx'
import { placeOf } from '../../picture/cities.ts'
import { Dots } from '../../picture/dots.tsx'
import { trackedConnectors, trackedIn } from '../../picture/tracked.ts'
import { MoreButton } from './more-button.tsx'
import { accountOf } from './rows.ts'

interface RowProps {
  readonly tunnel: OverviewTunnel
  readonly top: number
  /** One row of the list is a stop of the tab key; arrow keys go to the others. */
  readonly isStop: boolean
  readonly isMarked: boolean
  readonly words?: string | undefined
}

/** Pills that have room. */
const PILLS = 3

export function TunnelRow({ tunnel, top, isStop, isMarked, words }: RowProps) {
  const { tunnel_id, name, status, deleted_at } = tunnel
  const connectors = trackedConnectors(tunnel.connectors)
  const shownName = visible(name) || tunnel_id
  return (
    <li
      class={`tunnel-row${isMarked ? ' marked' : ''}${deleted_at === null ? '' : ' deleted'}`}
      data-tunnel={tunnel_id}
      style={{ top: `${top}px` }}
    >
      <a class="tunnel-link" data-row href={href(['tunnels', tunnel_id])} tabIndex={isStop ? 0 : -1}>
        <Glyph status={status} />
        <span class="tunnel-name cut">{shownName}</span>
        <span class="tunnel-host cut">{[hostOf(tunnel), visible(accountOf(tunnel))].filter(Boolean).join(' · ')}</span>
      </a>
      <div class="tunnel-state">
        <p class="cut">
          {deleted_at === null ? <StatusWord status={status} /> : <span class="status">Deleted</span>}{' '}
          <span class="tunnel-version">{versionOf(connectors)}</span>
        </p>
        {connectors.length === 0 ? (
          <p class="tunnel-host cut">{status === 'inactive' ? 'never connected' : 'not connected'}</p>
        ) : (
          <p class="tunnel-dots">
            {connectors.slice(0, PILLS).map(connector => (
              <Dots key={connector.id} connector={connector} />
            ))}
            {connectors.length > PILLS && <span class="tunnel-version">+{connectors.length - PILLS}</span>}
            <span class="off-screen">{connectionsInWords(connectors)}</span>
          </p>
        )}
        {words !== undefined && <p class="off-screen">{words}</p>}
      </div>
      {deleted_at === null && <MoreButton tunnel={tunnel} isStop={isStop} />}
    </li>
  )
}

export function hostOf({ hostnames, config_src }: OverviewTunnel): string {
  const [first, ...more] = hostnames
  if (first === undefined) return config_src === 'local' ? 'configured locally' : 'no hostname yet'
  return `${visible(first)}${more.length > 0 ? ` +${more.length}` : ''}`
}

export function versionOf(connectors: OverviewTunnel['connectors']): string {
  const versions = new Set(connectors.map(({ version }) => version))
  return versions.size > 1 ? `${versions.size} versions` : visible([...versions][0] ?? '')
}

/** What the dots and the cables show. */
function connectionsInWords(connectors: OverviewTunnel['connectors']): string {
  const connections = connectors.flatMap(trackedIn)
  const live = connections.filter(({ state }) => state === 'live').length
  const cities = new Set(connections.map(({ colo_name }) => placeOf(colo_name).city ?? colo_name))
  return [
    count(connectors.length, 'connector'),
    count(live, 'live connection'),
    ...(live < connections.length ? [`${connections.length - live} pending`] : []),
    `to ${[...cities].join(' and ')}`,
  ].join(', ')
}
