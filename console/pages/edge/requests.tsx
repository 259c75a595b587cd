/** The requests of visitors to the gateway. */
import type { EdgeRequest } from '../../../schemas/control/edge.ts'
import { action } from '../../data/act.ts'
import { call } from '../../data/control.ts'
import { server, world } from '../../data/place.ts'
import { usePolling } from '../../data/poll.ts'
import { useResource } from '../../data/resource.ts'
import { href, query, setQuery } from '../../data/route.ts'
import { nameOfTunnel, tunnels } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { AskButton } from '../../parts/ask-button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { count, timeOf, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty, Loaded } from '../../parts/states.tsx'
import { explainHref } from '../explain/explain-href.ts'
import { isFailed, visitCommand, whyOf } from './words.ts'

const SHOWN = 200

/** No event tells of these requests. */
const READ_EVERY_MS = 2_000

export function GatewayRequests({ gatewayUrl }: { gatewayUrl: string }) {
  const resource = useResource(() => call('listEdgeRequests', { limit: SHOWN }), {
    changes: ({ type }) => type === 'edge_requests_cleared' || type === 'world_reset',
  })
  usePolling(resource.reload, READ_EVERY_MS)
  const find = query.value.get('find') ?? ''
  const status = query.value.get('status') === 'failed' ? 'failed' : 'all'
  return (
    <Loaded resource={resource} action={action('listEdgeRequests', { limit: SHOWN })}>
      {requests => {
        const shown = requests
          .filter(request => status === 'all' || isFailed(request))
          .filter(({ hostname, path }) => `${hostname}${path}`.includes(find))
          .toReversed()
        return (
          <Panel
            title="Requests to the gateway"
            actions={requests.length > 0 && <ClearButton number={requests.length} />}
          >
            {requests.length === 0 ? (
              <NoRequests gatewayUrl={gatewayUrl} />
            ) : (
              <>
                <div class="row toolbar">
                  <Chips
                    label="Which requests"
                    value={status}
                    choices={[
                      { value: 'all', label: 'All', count: requests.length },
                      { value: 'failed', label: 'Failed', count: requests.filter(isFailed).length },
                    ]}
                    onChoose={value => setQuery({ status: value === 'failed' ? value : undefined })}
                  />
                  <input
                    type="search"
                    aria-label="Find by hostname and path"
                    placeholder="Find…"
                    value={find}
                    onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
                  />
                </div>
                <ul class="lines">
                  {shown.map(request => (
                    <RequestLine key={request.id} request={request} />
                  ))}
                </ul>
                {shown.length === 0 && <Empty title="No request matches" />}
                {requests.length === SHOWN && <p class="quiet-text small-text">These are the latest {SHOWN}.</p>}
              </>
            )}
          </Panel>
        )
      }}
    </Loaded>
  )
}

function ClearButton({ number }: { number: number }) {
  return (
    <AskButton
      action={action('clearEdgeRequests', {})}
      label="Clear"
      question={`Remove ${count(number, 'request')} from the list?`}
    />
  )
}

function NoRequests({ gatewayUrl }: { gatewayUrl: string }) {
  const tunnel = tunnels.value.find(({ hostnames }) => hostnames.length > 0) ?? tunnels.value[0]
  return (
    <Empty title="No visitor yet">
      <p>Requests to the gateway are listed here. Send one, also without a cloudflared:</p>
      {tunnel && <Copyable text={visitCommand(tunnel, gatewayUrl, { server, world })} label="the request" />}
    </Empty>
  )
}

function RequestLine({ request }: { request: EdgeRequest }) {
  const { id, at, method, hostname, path, status, tunnel_id, connector_id, duration_ms, bytes } = request
  return (
    <li>
      <time class="quiet-text">{timeOf(millis(at))}</time>
      <b class={`figures ${isFailed(request) ? 'down' : 'healthy'}`}>{status ?? 'none'}</b>
      <div class="line-text">
        <span class="line-title">
          {method} {visible(`${hostname}${path}`)}
        </span>
        <p class="quiet-text facts-row">
          <span>{whyOf(request)}</span>
          {tunnel_id !== null && <a href={href(['tunnels', tunnel_id])}>{visible(nameOfTunnel(tunnel_id))}</a>}
          {connector_id !== null && <code>{connector_id.slice(0, 8)}</code>}
          {duration_ms !== null && <span>{Math.round(duration_ms)} ms</span>}
          <span>{count(bytes, 'byte')}</span>
        </p>
      </div>
      <a class="button" data-row href={explainHref(`http://${hostname}${path}`)} aria-label={`Explain request ${id}`}>
        Explain
      </a>
    </li>
  )
}
