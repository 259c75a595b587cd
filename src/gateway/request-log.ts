import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { CONTROL_PREFIX } from '../config/paths.ts'
import { isTree } from '../http/openapi-models.ts'
import type { NewEvent } from '../world/events.ts'
import type { Asked } from '../world/journal/journal.ts'
import { pathOf } from './error-handler.ts'
import {
  type Kept,
  keptJson,
  keptValue,
  LONGEST_KEPT,
  noJson,
  noText,
  nothing,
  redactedHeaders,
  redactedObject,
  redactedText,
  tooLong,
} from './redaction.ts'
import type { App } from './route.ts'
import { unreadOf } from './undeclared-keys.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the journal saw of it; undefined where nothing is kept, and once it is in the journal. */
    seen: Seen | undefined
  }
}

/** What a request shows only while it is on its way: the API puts other values in the place of these. */
interface Seen {
  readonly at: Timestamp
  /** Real time, in milliseconds. */
  readonly started: number
  readonly headers: Record<string, string>
  /** As sent: text, without defaults. */
  readonly query: unknown
  answer: unknown
}

/**
 * Keeps the journal of each world: every request to the emulated API and every one that nothing serves. `addHooks` adds what else
 * may answer a request, cut it off or garble its answer: the journal sees the request before that and the answer after.
 */
export function keepJournal(app: App, addHooks: () => void = () => {}): void {
  app.decorateRequest('seen', undefined)

  app.addHook('onRequest', (request, reply, done) => {
    const { world, url, query, headers } = request
    if (world.journal.isOn && !url.startsWith(CONTROL_PREFIX)) {
      const seen = {
        at: world.clock.now(),
        started: performance.now(),
        headers: redactedHeaders(headers),
        query,
        answer: undefined,
      }
      request.seen = seen
      // Unlike Fastify's onResponse this comes also when the connection ends before there was an answer.
      reply.raw.on('close', () => {
        if (request.seen) recordLater(request, reply, seen)
        request.seen = undefined
      })
    }
    done()
  })

  addHooks()

  app.addHook('onSend', (request, _reply, payload, done) => {
    if (request.seen) request.seen.answer = payload
    done(null, payload)
  })
}

interface Over {
  readonly at: Timestamp
  readonly duration_ms: number
  /** Null when there was no answer. */
  readonly status: number | null
}

/** Once the request is over; a world that a reset put an end to has nobody left who would ask. */
function recordLater(request: FastifyRequest, { raw }: FastifyReply, seen: Seen): void {
  const { clock, ended, events } = request.world
  if (!isOfTheApi(request) || ended.aborted) return

  const over = {
    at: clock.now(),
    duration_ms: Math.round((performance.now() - seen.started) * 1_000) / 1_000,
    status: raw.headersSent ? raw.statusCode : null,
  }
  events.tellLater(() => record(request, seen, over))
}

/** The event that tells of its entry in the journal. */
function record(request: FastifyRequest, seen: Seen, { at, duration_ms, status }: Over): NewEvent {
  const { world, method } = request
  const asked = askedOnce(request, seen)
  const { operation } = asked
  const request_id = world.journal.add(
    asked,
    { at: seen.at, status, duration_ms },
    {
      query: keptQuery(seen.query),
      unread: operation === null ? [] : unreadOf(request, seen.query),
      body: keptBody(request),
      answer: status === null || method === 'HEAD' ? nothing : keptAnswer(seen.answer),
    },
  )
  return {
    at,
    type: 'request',
    request_id,
    ...(operation !== null && { operation }),
    ...(status !== null && { http_status: status }),
  }
}

let last: { readonly path: string; readonly headers: Seen['headers']; readonly asked: Asked } | undefined

/** Who polls asks the same over and over, which is not looked through again. */
function askedOnce(request: FastifyRequest, { headers }: Seen): Asked {
  const path = pathOf(request)
  const isSame =
    last?.path === path &&
    last.asked.method === request.method &&
    last.asked.operation === operationOf(request) &&
    areSame(last.headers, headers)
  if (!last || !isSame) last = { path, headers, asked: askedBy(request, headers) }
  return last.asked
}

function areSame(one: Seen['headers'], other: Seen['headers']): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every(name => one[name] === other[name])
}

function askedBy(request: FastifyRequest, headers: Seen['headers']): Asked {
  return {
    operation: operationOf(request),
    method: request.method,
    path: redactedText(pathOf(request)),
    account_id: idIn(request.params, 'account_id'),
    tunnel_id: idIn(request.params, 'tunnel_id'),
    headers,
  }
}

function operationOf({ route }: FastifyRequest): string | null {
  return route.schema?.operationId ?? null
}

/** An operation, or what nothing serves. */
function isOfTheApi({ route, is404 }: FastifyRequest): boolean {
  return route.config.permission !== undefined || is404
}

function idIn(params: unknown, name: string): string | null {
  return isTree(params) && typeof params[name] === 'string' ? redactedText(params[name]).toLowerCase() : null
}

function keptQuery(query: unknown): Record<string, unknown> {
  return isTree(query) ? redactedObject(query) : {}
}

/** The API leaves the bytes in the place of a body that it could not read. */
function keptBody({ route, body, bytes }: FastifyRequest): Kept {
  if (!bytes || bytes.length === 0) return nothing
  if (bytes.length > LONGEST_KEPT) return tooLong(bytes.length)
  if (!route.schema?.body) return keptValue(bytes.toString())
  return body instanceof Buffer ? noJson(bytes.length) : keptJson(bytes.toString())
}

/** Text, unless something else than the API answered. */
function keptAnswer(payload: unknown): Kept {
  if (payload === undefined || payload === null) return nothing
  if (typeof payload === 'string') return keptJson(payload)
  return payload instanceof Buffer ? keptValue(payload.toString()) : noText
}
