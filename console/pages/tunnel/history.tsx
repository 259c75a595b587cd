import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { call } from '../../data/control.ts'
import { useResource } from '../../data/resource.ts'
import { query, setQuery } from '../../data/route.ts'
import { millis, now } from '../../data/time.ts'
import { Chips } from '../../parts/chips.tsx'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import type { TimeSpan } from '../../picture/lanes.ts'
import { ConnectionTable } from './connection-table.tsx'
import { Lanes } from './history-lanes.tsx'
import { TunnelEvents } from './tunnel-events.tsx'

const MINUTE = 60_000
const RANGES = { '15m': 15 * MINUTE, '1h': 60 * MINUTE, '6h': 360 * MINUTE, '1d': 1_440 * MINUTE } as const
type Range = keyof typeof RANGES | 'all'

/** The part of the span that shows what is due. */
const AHEAD = 1 / 4

/** The store may leave old connections out, so this reads all of the tunnel. */
export function History({ tunnel: { tunnel_id } }: { tunnel: OverviewTunnel }) {
  const overview = useResource(() => call('getOverview', { tunnel_id, deleted: true }), {
    key: tunnel_id,
    changes: event => event.type !== 'request',
  })
  return (
    <Loaded resource={overview}>
      {({ tunnels }) =>
        tunnels.filter(one => one.tunnel_id === tunnel_id).map(one => <InTime key={tunnel_id} tunnel={one} />)
      }
    </Loaded>
  )
}

/** Each connection of the tunnel as a lane in time; the time cursor moves over them. */
function InTime({ tunnel }: { tunnel: OverviewTunnel }) {
  const connections = tunnel.connectors.flatMap(one => one.connections)
  const range = rangeInQuery()
  const span = spanOf(tunnel, range, now.value)
  if (connections.length === 0) {
    return (
      <>
        <Empty title="Nothing has connected yet">
          <p>Once a connector connects, each of its connections has a lane here.</p>
        </Empty>
        <TunnelEvents tunnel_id={tunnel.tunnel_id} />
      </>
    )
  }
  return (
    <>
      <Panel
        title="Connections in time"
        actions={
          <Chips<Range>
            label="Range"
            value={range}
            choices={[
              { value: '15m', label: '15 m' },
              { value: '1h', label: '1 h' },
              { value: '6h', label: '6 h' },
              { value: '1d', label: '1 d' },
              { value: 'all', label: 'All' },
            ]}
            onChoose={value => setQuery({ range: value === '15m' ? undefined : value })}
          />
        }
      >
        <Lanes tunnel={tunnel} span={span} />
        <p class="lanes-legend">
          <span>
            <i class="run live" /> live
          </span>
          <span>
            <i class="run pending" /> pending reconnect
          </span>
          <span>
            <i class="run live ahead" /> if nothing happens
          </span>
        </p>
      </Panel>
      <TunnelEvents tunnel_id={tunnel.tunnel_id} />
      <ConnectionTable tunnel={tunnel} />
    </>
  )
}

function rangeInQuery(): Range {
  const given = query.value.get('range')
  return given === 'all' || (given !== null && Object.hasOwn(RANGES, given)) ? (given as Range) : '15m'
}

function spanOf({ connectors }: OverviewTunnel, range: Range, at: number): TimeSpan {
  const opened = connectors.flatMap(({ connections }) => connections.map(({ opened_at }) => millis(opened_at)))
  const past = range === 'all' ? at - Math.min(...opened) + MINUTE : RANGES[range]
  return { from: at - past, to: at + past * AHEAD, now: at }
}
