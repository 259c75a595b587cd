import type { RequestSummary } from '../../../schemas/control/journal.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { call } from '../../data/control.ts'
import { useResource } from '../../data/resource.ts'
import { href } from '../../data/route.ts'
import { info } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { count, timeOf } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { Marks, Status, titleOf } from '../requests/row.tsx'
import { apiPath, curlOfGet } from './api-curl.ts'

const SHOWN = 50

/** The latest requests that name the tunnel. The page Requests has the others. */
export function RequestsOfTunnel({ tunnel }: { tunnel: OverviewTunnel }) {
  const { tunnel_id } = tunnel
  const requests = useResource(() => call('listRequestSummaries', { tunnel_id, limit: SHOWN }), {
    key: tunnel_id,
    changes: event => event.type === 'request' || event.type === 'requests_cleared' || event.type === 'world_reset',
  })
  return (
    <Loaded resource={requests}>
      {all =>
        all.length === 0 ? (
          <None tunnel={tunnel} />
        ) : (
          <Panel
            title={all.length === SHOWN ? `The latest ${SHOWN} requests` : count(all.length, 'request')}
            actions={<a href={href(['requests'], { tunnel_id })}>Filter them in Requests</a>}
          >
            <ol class="request-lines">
              {all.toReversed().map(request => (
                <li key={request.id}>
                  <RequestLine request={request} />
                </li>
              ))}
            </ol>
          </Panel>
        )
      }
    </Loaded>
  )
}

function RequestLine({ request }: { request: RequestSummary }) {
  const { id, at, method, status, duration_ms } = request
  return (
    <a data-row href={href(['requests', String(id)])}>
      <time>{timeOf(millis(at))}</time>
      <Status status={status} />
      <code>{method}</code>
      <span class="cut">{titleOf(request)}</span>
      <span class="marks">
        <Marks entry={request} />
      </span>
      <span class="figures quiet-text">{duration_ms === null ? '' : `${Math.round(duration_ms)} ms`}</span>
    </a>
  )
}

function None({ tunnel }: { tunnel: OverviewTunnel }) {
  if (info.value?.limits.journal_size === 0) {
    return (
      <Empty title="The request log is off">
        <p>Start the server with --journal-size 1000 to keep requests.</p>
      </Empty>
    )
  }
  return (
    <Empty title="No request has named this tunnel yet">
      <p>Requests to the API are logged from the start of the server. Send one:</p>
      <Copyable text={curlOfGet(apiPath(tunnel))} label="as curl" />
    </Empty>
  )
}
