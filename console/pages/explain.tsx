import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { ExplainRequest } from '../../schemas/control/explain.ts'
import { type Action, action } from '../data/act.ts'
import { call } from '../data/control.ts'
import { useResource } from '../data/resource.ts'
import { go, query } from '../data/route.ts'
import { nameOfTunnel, tunnels } from '../data/store.ts'
import { Button } from '../parts/button.tsx'
import { CopyMenu } from '../parts/copy-menu.tsx'
import { visible } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { Glyph } from '../parts/status.tsx'
import { explainHref } from './explain/explain-href.ts'
import { ExplainedPath } from './explain/explained-path.tsx'
import { exampleUrl } from './tunnel/example-url.ts'

/** `#/explain?url=…`, also for one tunnel: `&account_id=…&tunnel_id=…`. */
export function Explain() {
  const request = requestInQuery()
  return (
    <>
      <PageHead title="Explain" facts="Which DNS record, tunnel, version and rule would serve a URL" />
      <Question key={request.url} request={request} />
      {request.url === '' ? <Suggestions /> : <Answer request={request} />}
    </>
  )
}

function requestInQuery(): ExplainRequest {
  const [url, account_id, tunnel_id] = ['url', 'account_id', 'tunnel_id'].map(key => query.value.get(key) ?? '')
  return { url: url ?? '', ...(account_id && { account_id }), ...(tunnel_id && { tunnel_id }) }
}

function Question({ request }: { request: ExplainRequest }) {
  const id = useId()
  const text = useSignal(request.url)
  const next = { ...request, url: withScheme(text.value) }
  return (
    <form
      class="question"
      onSubmit={event => {
        event.preventDefault()
        if (text.value.trim() !== '') go(explainHref(next.url))
      }}
    >
      <label class="off-screen" for={id}>
        URL
      </label>
      <input
        id={id}
        type="search"
        inputMode="url"
        list={`${id}-hostnames`}
        placeholder="https://www.example.com/path"
        autocomplete="off"
        spellcheck={false}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
        }}
      />
      <datalist id={`${id}-hostnames`}>
        {hostnamesOfWorld().map(({ url }) => (
          <option key={url} value={url} />
        ))}
      </datalist>
      <span class="action-button">
        <button type="submit" class="button primary">
          Explain
        </button>
        <CopyMenu action={action('explain', next) as Action} of="Explain" />
      </span>
    </form>
  )
}

function withScheme(text: string): string {
  const url = text.trim()
  return url === '' || /^[a-z][a-z\d+.-]*:/i.test(url) ? url : `https://${url}`
}

function hostnamesOfWorld() {
  return tunnels.value.flatMap(tunnel =>
    tunnel.hostnames.map(hostname => ({ tunnel, hostname, url: exampleUrl({ hostname }) })),
  )
}

function Suggestions() {
  const hostnames = hostnamesOfWorld()
  if (hostnames.length === 0) {
    return (
      <Empty title="No rule of a tunnel names a hostname yet">
        <p>Publish a configuration with a hostname, or type any URL.</p>
      </Empty>
    )
  }
  return (
    <Panel title="Hostnames of this world">
      <ul class="suggestions">
        {hostnames.map(({ tunnel, hostname, url }) => (
          <li key={`${tunnel.tunnel_id} ${hostname}`}>
            <a data-row href={explainHref(url)}>
              <Glyph status={tunnel.status} />
              <b class="cut">{visible(hostname)}</b>
              <span class="quiet-text cut">{visible(tunnel.name)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Answer({ request }: { request: ExplainRequest }) {
  const explanation = useResource(() => call('explain', request), {
    key: JSON.stringify(request),
    changes: ({ type }) => type !== 'request',
  })
  return (
    <>
      {request.tunnel_id !== undefined && (
        <p class="only-tunnel row">
          <span>Only tunnel {visible(nameOfTunnel(request.tunnel_id))}, even if none of its rules names the host.</span>
          <Button label="Explain for all tunnels" onPress={() => go(explainHref(request.url))} />
        </p>
      )}
      <Loaded resource={explanation} action={action('explain', request) as Action}>
        {data => <ExplainedPath explanation={data} />}
      </Loaded>
    </>
  )
}
