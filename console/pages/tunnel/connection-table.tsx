import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { millis } from '../../data/time.ts'
import { count, dateOf, timeOf, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'

/** As many as people read; the lanes show all. */
const MOST = 100

/** The lanes as text, the latest connection on top. */
export function ConnectionTable({ tunnel }: { tunnel: OverviewTunnel }) {
  const rows = tunnel.connectors
    .flatMap(({ connections }, nth) => connections.map(connection => ({ connection, connector: nth + 1 })))
    .toSorted((one, other) => millis(other.connection.opened_at) - millis(one.connection.opened_at))
  return (
    <Panel title="Connections so far">
      <table class="connections">
        <caption class="off-screen">{count(rows.length, 'connection')} so far</caption>
        <thead>
          <tr>
            <th scope="col">Connector</th>
            <th scope="col">Data center</th>
            <th scope="col">State</th>
            <th scope="col">Opened</th>
            <th scope="col">Lost or closed</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .slice(0, MOST)
            .map(({ connector, connection: { id, colo_name, state, opened_at, lost_at, closed_at } }) => (
              <tr key={id}>
                <td class="figures">{connector}</td>
                <td>
                  <code>{visible(colo_name)}</code>
                </td>
                <td>{state}</td>
                <td>
                  <Moment at={opened_at} />
                </td>
                <td>{lost_at !== null || closed_at !== null ? <Moment at={lost_at ?? closed_at ?? ''} /> : null}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {rows.length > MOST && (
        <p class="quiet-text">
          The latest {MOST} of {rows.length}.
        </p>
      )}
    </Panel>
  )
}

function Moment({ at }: { at: string }) {
  return (
    <time>
      {dateOf(millis(at))} {timeOf(millis(at))}
    </time>
  )
}
