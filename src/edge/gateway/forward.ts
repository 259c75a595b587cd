/** Sends a visit through cloudflared to the origin, and the response back. */
import { type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2'
import { addAbortSignal } from 'node:stream'
import { type Flow, whenFlowing } from '../flow.ts'
import { BAD_GATEWAY, ORIGIN_TIMEOUT, TOO_MANY_FLOWS } from './answers.ts'
import { type Header, isValid, type ResponseHead, readResponseHead } from './headers.ts'
import { isCut, pump } from './pump.ts'
import type { Answer, Visit } from './visit.ts'

export interface ForwardOptions {
  readonly flow: Flow
  /** The time for the head of the response, or between two parts of a long request. */
  readonly timeout_ms: number
  readonly onBytes: (up: number, down: number) => void
  /** The connection was lost before a response, and the visit may be sent to another one. */
  readonly onLost: () => void
}

/** `stream`: to cloudflared, with the head of the visit. */
export function forward(visit: Visit, stream: ClientHttp2Stream, options: ForwardOptions): void {
  const { flow, timeout_ms, onBytes, onLost } = options
  const { exchange } = visit
  let state: 'waiting' | 'responding' | 'over' = 'waiting'

  const answerInstead = (answer: Answer): void => {
    state = 'over'
    clearTimeout(timer)
    cancel(stream)
    visit.answer(answer)
  }
  const respond = (head: ResponseHead): void => {
    state = 'responding'
    clearTimeout(timer)
    try {
      if (!openWebsocket(visit, stream, head, { flow, onBytes })) sendResponse(visit, stream, head, { flow, onBytes })
    } catch {
      // A status that HTTP forbids.
      answerInstead(BAD_GATEWAY)
    }
  }
  const timer = setTimeout(() => answerInstead(ORIGIN_TIMEOUT), timeout_ms)

  // The event `close` follows.
  stream.on('error', () => {})
  const receiveHead = (sent: IncomingHttpHeaders): void => {
    if (state !== 'waiting') return
    const head = readResponseHead(sent)
    if (head?.is_from_origin) respond(head)
    else answerInstead(head?.is_rate_limited ? TOO_MANY_FLOWS : BAD_GATEWAY)
  }
  stream.once('response', sent => {
    if (!flow.stalled()) return receiveHead(sent)
    // Node discards the body of a stream that ends, and that nobody reads or pauses.
    stream.pause()
    whenFlowing(flow, () => {
      receiveHead(sent)
      stream.resume()
    })
  })
  const endEarly = (): void => {
    if (state === 'waiting' && wasLost(stream) && isRepeatable(visit)) {
      state = 'over'
      clearTimeout(timer)
      onLost()
    } else if (state === 'waiting') answerInstead(BAD_GATEWAY)
    // Never end a body as if it were whole.
    else if (state === 'responding' && isCut(stream)) exchange.abort()
  }
  stream.once('close', () => whenFlowing(flow, endEarly))
  exchange.onClose(isComplete => {
    state = 'over'
    clearTimeout(timer)
    if (!isComplete) cancel(stream)
  })
  if (exchange.body) {
    const onUpload = (count: number): void => {
      onBytes(count, 0)
      if (state === 'waiting') timer.refresh()
    }
    pump(exchange.body, stream, { flow, onBytes: onUpload })
  }
}

/**
 * Node cancels the streams of a connection that ends, and gives them the error of one that breaks.
 * cloudflared cancels none.
 */
function wasLost({ rstCode, errored }: ClientHttp2Stream): boolean {
  return rstCode === constants.NGHTTP2_CANCEL || (errored !== null && 'syscall' in errored)
}

/** Nothing of it is used up, and a second one changes nothing (RFC 9110, section 9.2.2). */
function isRepeatable({ method, exchange, is_websocket }: Visit): boolean {
  return REPEATABLE.has(method) && exchange.body === undefined && !is_websocket
}

const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Unlike `close`, it does not end the request as if that were whole. */
function cancel(stream: ClientHttp2Stream): void {
  addAbortSignal(AbortSignal.abort(), stream)
}

type Way = Pick<ForwardOptions, 'flow' | 'onBytes'>

function sendResponse(visit: Visit, stream: ClientHttp2Stream, head: ResponseHead, { flow, onBytes }: Way): void {
  const body = visit.begin(head.status, head.headers)
  if (visit.is_websocket) stream.end()
  stream.once('trailers', trailers => {
    const pairs = Object.entries(trailers).map(([name, value]): Header => [name, String(value)])
    body.addTrailers(pairs.filter(isValid))
  })
  pump(stream, body.writable, {
    flow,
    onBytes: count => onBytes(0, count),
    limit: visit.cut_after_bytes,
    onCut: visit.exchange.abort,
  })
}

/**
 * False for a response that refuses the websocket. cloudflared sends 200 instead of 101 (client:
 * edge_stream_kinds).
 */
function openWebsocket(visit: Visit, stream: ClientHttp2Stream, head: ResponseHead, { flow, onBytes }: Way): boolean {
  const agrees = head.status === 200 && head.headers.some(([name]) => name.toLowerCase() === 'sec-websocket-accept')
  const socket = visit.is_websocket && agrees ? visit.switchToWebsocket(head.headers) : undefined
  if (!socket) return false

  pump(socket, stream, { flow, onBytes: count => onBytes(count, 0) })
  pump(stream, socket, { flow, onBytes: count => onBytes(0, count) })
  return true
}
