/**
 * Writes the request log of each world: requests to the emulated API, and requests that match no
 * route.
 */
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { JournalEntry } from '../../schemas/control/journal.ts'
import { timestampOf } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { steadyMillis } from '../world/steady-time.ts'
import { CONTENT_TYPE } from './headers.ts'
import { MAX_LOGGED_CHARS, redactedHeaders, redactedJson, redactedObject, redactedText, tooLong } from './redaction.ts'
import { undeclaredKeysOf } from './undeclared-keys.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Data for the request log; undefined if this request is not logged. */
    capture: Capture | undefined
  }
}

/** The request as it arrived, before later hooks change it, and its response. */
interface Capture {
  readonly at: Timestamp
  /** In milliseconds of `steadyMillis`. */
  readonly started: number
  /** In milliseconds since 1970. */
  readonly realTime: number
  readonly headers: Record<string, string>
  /** As sent: text, without defaults. */
  readonly query: unknown
  response: unknown
  /** The events of what the handler changed. */
  caused: JournalEntry['caused']
}

export function captureRequest(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { world, query, headers, moment } = request
  if (world.requestLog.isOn) {
    const capture: Capture = {
      at: moment.now,
      started: steadyMillis(),
      realTime: Date.now(),
      headers: redactedHeaders(headers),
      query,
      response: undefined,
      caused: undefined,
    }
    request.capture = capture
    // Unlike Fastify's onResponse, this also runs if the connection closes before a response.
    reply.raw.once('close', () => log(request, reply, capture))
  }
  done()
}

/**
 * Handlers change data and emit events before they return, and `done` calls the handler, so no
 * event of another request is among these. Must be the last hook before the handler.
 */
export function captureEvents({ world, capture }: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const before = world.events.lastId()
  done()
  const last_event_id = world.events.lastId()
  if (capture && last_event_id > before) capture.caused = { first_event_id: before + 1, last_event_id }
}

export function captureResponse(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  if (request.capture) request.capture.response = payload
  done(null, payload)
}

/** Logs a finished request, unless its world has ended, since nobody could read the entry. */
function log(request: FastifyRequest, reply: FastifyReply, capture: Capture): void {
  const { clock, ended, events, requestLog } = request.world
  if (ended.aborted) return

  const entry = entryOf(request, reply, capture)
  const { status } = entry
  const request_id = requestLog.add(entry)
  events.emit({
    at: clock.now(),
    type: 'request',
    request_id,
    ...(entry.operation !== null && { operation: entry.operation }),
    ...(status !== null && { http_status: status }),
  })
  for (const fault_id of entry.fault_ids ?? []) {
    events.emit({ at: clock.now(), type: 'fault_hit', fault_id, request_id })
  }
}

function entryOf(request: FastifyRequest, reply: FastifyReply, capture: Capture): Omit<JournalEntry, 'id'> {
  const { method, target, used_behaviours, fault_ids = [] } = request
  const status = reply.raw.headersSent ? reply.raw.statusCode : null
  const operation = request.routeOptions.schema?.operationId ?? null
  const isFrozen = request.world.clock.isFrozen()
  return {
    at: capture.at,
    ...(!isFrozen && { real_at: timestampOf(capture.realTime * 1_000) }),
    operation,
    method,
    path: redactedText(target.path),
    account_id: redactedId(target.account_id),
    tunnel_id: redactedId(target.tunnel_id),
    query: redactedQuery(capture.query),
    headers: capture.headers,
    body: redactedBody(request),
    status,
    duration_ms: isFrozen ? null : durationSince(capture.started),
    answer: status === null || method === 'HEAD' ? null : redactedResponse(capture.response),
    ...(request.not_emulated !== undefined && { not_emulated: request.not_emulated }),
    unread: operation === null ? [] : undeclaredKeysOf(request, capture.query),
    ...(status !== null && { answer_headers: headersOf(request, reply) }),
    ...(status !== null && used_behaviours && { behaviours: [...used_behaviours] }),
    ...(fault_ids.length > 0 && { fault_ids: [...fault_ids] }),
    ...(capture.caused && { caused: capture.caused }),
  }
}

/**
 * The headers that tell a response from others. All others are the same, or follow from the entry.
 * None of these repeats a text of the request.
 */
function headersOf({ allowance }: FastifyRequest, reply: FastifyReply): Record<string, string> {
  const names = ['cf-ray', 'retry-after', 'allow', ...(allowance ? ['ratelimit'] : []), 'content-type']
  const headers: Record<string, string> = {}
  for (const name of names) {
    const value = reply.getHeader(name)
    if (value !== undefined && value !== CONTENT_TYPE) headers[name] = String(value)
  }
  return headers
}

function durationSince(started: number): number {
  return Math.round((steadyMillis() - started) * 1_000) / 1_000
}

function redactedId(id: string | undefined): string | null {
  return id === undefined ? null : redactedText(id)
}

function redactedQuery(query: unknown): Record<string, unknown> {
  return typeof query === 'object' && query !== null ? redactedObject(query) : {}
}

function redactedBody({ bytes }: FastifyRequest): unknown {
  if (!bytes || bytes.length === 0) return null
  if (bytes.length > MAX_LOGGED_CHARS) return tooLong(bytes.length)
  return redactedJson(bytes.toString())
}

/** A response is text unless a hook replaced it, for example with a stream. */
function redactedResponse(payload: unknown): unknown {
  if (payload === undefined || payload === null) return null
  return typeof payload === 'string' || payload instanceof Buffer ? redactedJson(String(payload)) : '[no text]'
}
