/**
 * Writes the request log of each world: requests to the emulated API, and requests that match no
 * route.
 */
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { JournalEntry } from '../../schemas/control/journal.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { steadyMillis } from '../world/steady-time.ts'
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
  readonly headers: Record<string, string>
  /** As sent: text, without defaults. */
  readonly query: unknown
  response: unknown
}

export function captureRequest(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { world, query, headers, moment } = request
  if (world.requestLog.isOn) {
    const capture = {
      at: moment.now,
      started: steadyMillis(),
      headers: redactedHeaders(headers),
      query,
      response: undefined,
    }
    request.capture = capture
    // Unlike Fastify's onResponse, this also runs if the connection closes before a response.
    reply.raw.once('close', () => log(request, reply, capture))
  }
  done()
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
function log(request: FastifyRequest, { raw }: FastifyReply, capture: Capture): void {
  const { clock, ended, events, requestLog } = request.world
  if (ended.aborted) return

  const status = raw.headersSent ? raw.statusCode : null
  const entry = entryOf(request, status, capture)
  const request_id = requestLog.add(entry)
  events.emit({
    at: clock.now(),
    type: 'request',
    request_id,
    ...(entry.operation !== null && { operation: entry.operation }),
    ...(status !== null && { http_status: status }),
  })
}

function entryOf(request: FastifyRequest, status: number | null, capture: Capture): Omit<JournalEntry, 'id'> {
  const { method, target } = request
  const operation = request.routeOptions.schema?.operationId ?? null
  return {
    at: capture.at,
    operation,
    method,
    path: redactedText(target.path),
    account_id: redactedId(target.account_id),
    tunnel_id: redactedId(target.tunnel_id),
    query: redactedQuery(capture.query),
    headers: capture.headers,
    body: redactedBody(request),
    status,
    duration_ms: request.world.clock.isFrozen() ? null : durationSince(capture.started),
    answer: status === null || method === 'HEAD' ? null : redactedResponse(capture.response),
    ...(request.not_emulated !== undefined && { not_emulated: request.not_emulated }),
    unread: operation === null ? [] : undeclaredKeysOf(request, capture.query),
  }
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
