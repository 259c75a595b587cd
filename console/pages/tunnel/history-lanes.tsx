import type { Connector } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { info } from '../../data/store.ts'
import { cursor, lookAt } from '../../data/time.ts'
import { dateOf, timeOf } from '../../parts/format.ts'
import { Glyph, STATUS_WORDS } from '../../parts/status.tsx'
import { laneOf, type TimeSpan } from '../../picture/lanes.ts'
import { axisTimesOf, lanesOf, stretchesOf } from './connection-lanes.ts'

/** From here on, the axis shows days. */
const LONG_MS = 3 * 86_400_000

/** The status and each connection as a lane, with the time cursor below them. */
export function Lanes({ tunnel, span }: { tunnel: OverviewTunnel; span: TimeSpan }) {
  const pendingMs = info.value?.pending_reconnect_ms ?? 0
  const shown = tunnel.connectors.filter(({ connections }) =>
    connections.some(connection => stretchesOf(connection, span, pendingMs).length > 0),
  )
  const isLong = span.to - span.from > LONG_MS
  const at = cursor.value ?? span.now
  return (
    <div class="history-lanes">
      <div class="lanes-axis" aria-hidden="true">
        {axisTimesOf(span, 5).map(tick => (
          <span key={tick} style={{ left: percent(tick, span) }}>
            {isLong ? dateOf(tick).slice(5) : timeOf(tick).slice(0, 5)}
          </span>
        ))}
      </div>
      <StatusLane tunnel={tunnel} span={span} pendingMs={pendingMs} />
      <ol>
        {shown.map(connector => (
          <ConnectorLanes
            key={connector.id}
            nth={tunnel.connectors.indexOf(connector) + 1}
            connector={connector}
            span={span}
            pendingMs={pendingMs}
          />
        ))}
      </ol>
      {shown.length === 0 && <p class="quiet-text">No connection was live or pending in this range.</p>}
      <div class="lanes-now" aria-hidden="true">
        <span style={{ left: percent(span.now, span) }} />
        {cursor.value !== undefined && <b style={{ left: percent(cursor.value, span) }} />}
      </div>
      <input
        type="range"
        class="lanes-cursor"
        aria-label="Look at a past instant"
        aria-valuetext={`${dateOf(at)} ${timeOf(at)}`}
        min={span.from}
        max={span.to}
        step={Math.max(1_000, Math.round((span.to - span.from) / 600_000) * 1_000)}
        value={at}
        onInput={({ currentTarget }) => {
          const wanted = Number(currentTarget.value)
          lookAt(wanted < span.now ? wanted : undefined)
        }}
      />
    </div>
  )
}

interface StatusLaneProps {
  readonly tunnel: OverviewTunnel
  readonly span: TimeSpan
  readonly pendingMs: number
}

/** The status of the tunnel above its connections. */
function StatusLane({ tunnel, span, pendingMs }: StatusLaneProps) {
  return (
    <div class="status-lane" aria-hidden="true">
      <span class="lanes-name">Status</span>
      <div class="lane">
        {laneOf(tunnel, span, pendingMs).map(({ from, to, status, isAhead }) => (
          <span
            key={from}
            class={`run status-run ${status}${isAhead ? ' ahead' : ''}`}
            style={{ left: percent(from, span), width: percent(span.from + to - from, span) }}
          >
            <Glyph status={status} size={12} /> <b>{STATUS_WORDS[status]}</b>
          </span>
        ))}
      </div>
    </div>
  )
}

interface ConnectorLanesProps {
  readonly nth: number
  readonly connector: Connector
  readonly span: TimeSpan
  readonly pendingMs: number
}

function ConnectorLanes({ nth, connector, span, pendingMs }: ConnectorLanesProps) {
  const lanes = lanesOf(connector.connections, span, pendingMs)
  return (
    <li>
      <span class="lanes-name">Connector {nth}</span>
      <div class="lanes-tracks" aria-hidden="true">
        {lanes.map((stretches, nthLane) => (
          <div key={nthLane} class="lane">
            {stretches.map(({ state, from, to, isAhead }) => (
              <span
                key={from}
                class={`run ${state}${isAhead ? ' ahead' : ''}`}
                style={{ left: percent(from, span), width: percent(span.from + to - from, span) }}
              />
            ))}
          </div>
        ))}
      </div>
    </li>
  )
}

function percent(at: number, { from, to }: TimeSpan): string {
  return `${(((at - from) / (to - from)) * 100).toFixed(3)}%`
}
