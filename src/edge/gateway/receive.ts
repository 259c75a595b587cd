/** Makes visits of requests, and refuses those that servers could understand in different ways. */
import { randomBytes } from 'node:crypto'
import { refusal } from './answers.ts'
import { type Header, loopsOf } from './headers.ts'
import { readTarget } from './request-target.ts'
import { createVisit, type Exchange, type Visit } from './visit.ts'

export interface SentRequest {
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** The path, as the request line or `:path` has it. */
  readonly target: string | undefined
  /** All that name the host. */
  readonly hosts: readonly string[]
  /** With names in lower case. */
  readonly headers: readonly Header[]
  readonly address: string | undefined
  readonly is_websocket: boolean
}

/** Our limit for requests that an origin sends to the gateway again, so that a loop ends. */
const MAX_LOOPS = 16

/** Where a data center is, in the ray of a request: Lisbon (our choice). */
const COLO = 'LIS'

/** Undefined for a request that was refused. `onRefusal` is called before its answer. */
export function receive(sent: SentRequest, exchange: Exchange, onRefusal: () => void = () => {}): Visit | undefined {
  const { method, scheme, headers, is_websocket } = sent
  const target = readTarget(method, sent.target, sent.hosts)
  const isLoop = loopsOf(headers) >= MAX_LOOPS
  const visit = createVisit(
    {
      method,
      scheme,
      hostname: 'problem' in target ? '' : target.hostname,
      path: 'problem' in target ? '' : target.path,
      headers,
      address: (sent.address ?? '').replace(/^::ffff:(?=\d+\.)/, ''),
      ray: `${randomBytes(8).toString('hex')}-${COLO}`,
      is_websocket,
    },
    exchange,
  )
  if (!('problem' in target) && !isLoop) return visit

  onRefusal()
  if ('problem' in target) visit.answer(refusal(target.status, target.problem))
  else visit.answer(refusal(508, `the request came back ${MAX_LOOPS} times: an origin is the gateway itself`))
  return undefined
}
