import type { RequestSummary } from '../../../schemas/control/journal.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { call } from '../../data/control.ts'
import { useResource } from '../../data/resource.ts'
import { href } from '../../data/route.ts'
import { info } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { operationWords } from '../../data/words.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { count, timeOf } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
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
  const { id, at, method, operation, not_emulated, path, status, duration_ms, unread_count, fault_ids } = request
  const isFailure = status === null || status >= 400
  return (
    <a data-row href={href(['requests', String(id)])}>
      <time>{timeOf(millis(at))}</time>
      <b class={isFailure ? 'down' : 'healthy'}>{status ?? 'cut'}</b>
      <code>{method}</code>
      <span class="cut">{operation ? operationWords(operation) : (not_emulated ?? path)}</span>
      <span class="marks">
        {unread_count > 0 && <span class="badge">{unread_count} unread</span>}
        {fault_ids !== undefined && (
          <span class="badge">
            <Icon name="faults" size={12} /> fault
          </span>
        )}
      </span>
      <span class="figures quiet-text">{duration_ms === null ? '' : `${duration_ms} ms`}</span>
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
