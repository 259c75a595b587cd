/** What a card says of a connector. */
import type { Connector } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { due } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { spanOf, timeOf } from '../../parts/format.ts'
import { trackedIn } from '../../picture/tracked.ts'

/** Such as `2 live, 2 pending reconnect until 02:39:20`. */
export function connectionsInWords(connector: Connector, pendingMs: number): string {
  const tracked = trackedIn(connector)
  const live = tracked.filter(({ state }) => state === 'live').length
  const lost = tracked.flatMap(({ state, lost_at }) =>
    state === 'pending' && lost_at !== null ? [millis(lost_at)] : [],
  )
  const pending =
    lost.length === 0 ? [] : [`${lost.length} pending reconnect until ${timeOf(Math.max(...lost) + pendingMs)}`]
  return [...(live === 0 ? [] : [`${live} live`]), ...pending].join(', ')
}

/** Such as `ams07 ×2, fra15 ×2`. */
export function colosInWords(connector: Connector): string {
  const byColo = Map.groupBy(trackedIn(connector), ({ colo_name }) => colo_name)
  return [...byColo].map(([colo, { length }]) => (length === 1 ? colo : `${colo}\u00a0×${length}`)).join(', ')
}

export interface ConfigurationFact {
  readonly text: string
  readonly isBehind: boolean
}

/** Which version a connector runs, and when it applies the latest. */
export function configurationInWords(
  { id, config_version, config_delay_ms }: Connector,
  { config_src, configuration }: OverviewTunnel,
  now: number,
): ConfigurationFact {
  if (config_src === 'local') return { text: 'its own file', isBehind: false }
  if (!configuration) return { text: 'none published yet', isBehind: false }

  const latest = configuration.version
  if (config_version === latest) return { text: `version ${latest}, the latest`, isBehind: false }

  const runs = config_version === null ? 'none' : `version ${config_version}`
  const item = due.value.find(
    ({ happens, connector_id }) => happens === 'connector_applies_configuration' && connector_id === id,
  )
  const then = item
    ? `applies ${latest} in ${spanOf(millis(item.at) - now)}`
    : config_delay_ms === null
      ? `never applies ${latest}`
      : `${latest} is the latest`
  return { text: `${runs}; ${then}`, isBehind: true }
}
