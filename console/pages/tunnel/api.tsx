import { useSignal } from '@preact/signals'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { asError } from '../../data/as-error.ts'
import { call } from '../../data/control.ts'
import { href } from '../../data/route.ts'
import { canAct, info } from '../../data/store.ts'
import { Button } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { Json } from '../../parts/json.tsx'
import { Panel } from '../../parts/page.tsx'
import { Refusal } from '../../parts/states.tsx'
import { apiPath, apiUrl, curlOfGet } from './api-curl.ts'

const OPERATIONS = [
  { value: '', label: 'Tunnel' },
  { value: '/connections', label: 'Connections' },
  { value: '/configurations', label: 'Configuration' },
] as const
type Rest = (typeof OPERATIONS)[number]['value']

interface Answer {
  readonly path: string
  readonly status: number
  readonly body: unknown
  /** Of the request log, if it keeps requests. */
  readonly request_id: number | undefined
}

/** What GET answers now. Only here the page calls the emulated API, and only when told to. */
export function Api({ tunnel }: { tunnel: OverviewTunnel }) {
  const rest = useSignal<Rest>('')
  const answer = useSignal<Answer | Error | undefined>(undefined)
  const path = apiPath(tunnel, rest.value)
  const isReachable = URL.parse(apiUrl(path))?.origin === location.origin
  const send = async (): Promise<void> => {
    try {
      answer.value = await get(path, tunnel.tunnel_id)
    } catch (cause) {
      answer.value = asError(cause)
    }
  }
  return (
    <Panel title="What the API answers now">
      <p class="row">
        <Chips<Rest>
          label="Operation"
          choices={OPERATIONS}
          value={rest.value}
          onChoose={value => {
            rest.value = value
            answer.value = undefined
          }}
        />
      </p>
      <p class="api-line">
        <Copyable text={curlOfGet(path)} label="as curl" shown={`GET ${path}`} />
      </p>
      <p class="row api-send">
        <Button
          label="Send GET: this goes into the request log"
          kind="primary"
          isDisabled={!canAct.value || !isReachable}
          onPress={() => void send()}
        />
        {!isReachable && <span class="quiet-text">The API is on another address: {apiUrl('')}. Copy the request.</span>}
      </p>
      {answer.value instanceof Error && <Refusal message={answer.value.message} />}
      {answer.value !== undefined && !(answer.value instanceof Error) && <Answered answer={answer.value} />}
    </Panel>
  )
}

function Answered({ answer: { status, body, request_id } }: { answer: Answer }) {
  return (
    <>
      <p class="row">
        <b class={status >= 400 ? 'down' : 'healthy'}>{status}</b>
        {request_id !== undefined && (
          <a href={href(['requests', String(request_id)])}>Request {request_id} of the log</a>
        )}
      </p>
      <Json value={body} label="Answer" root="answer" />
    </>
  )
}

async function get(path: string, tunnel_id: string): Promise<Answer> {
  const { token } = info.value ?? {}
  const response = await fetch(apiUrl(path), { headers: token ? { authorization: `Bearer ${token}` } : {} })
  const body: unknown = await response.json()
  const ray = response.headers.get('cf-ray')
  const logged = await call('listRequests', { tunnel_id, limit: 5 })
  const request_id = logged.find(({ answer_headers }) => ray !== null && answer_headers?.['cf-ray'] === ray)?.id
  return { path, status: response.status, body, request_id }
}
