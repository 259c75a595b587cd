/**
 * Applies the fault rules of a world. A fault takes effect before authentication, as in a gateway
 * that fails.
 */
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { FaultEffect } from '../../schemas/control/fault.ts'
import type { FaultCall } from '../world/faults/rules.ts'
import { fail } from './envelope.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import { proxyHeaders } from './headers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How old the data is that it reads, in milliseconds on the clock of the world. */
    stale_ms: number
    /** The effect on the response; undefined without a fault. */
    fault: FaultEffect | undefined
    /** The ids of the faults that act on it; undefined without a fault. */
    fault_ids: readonly string[] | undefined
  }
}

type Details<Key extends string> = Extract<FaultEffect, Record<Key, unknown>>[Key]

/** Does not call `done` if it sends the response itself, or if the request gets no response. */
export function faultBeforeHandler(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { faults, ids } = request.world
  const call = faults.isEmpty() ? undefined : faultCallOf(request)
  const hits = call ? faults.take(call, request.moment.now) : []
  if (hits.length > 0) request.fault_ids = hits.map(({ id }) => id)

  let latencyMs = 0
  for (const { effect } of hits) {
    if ('latency' in effect) latencyMs += latencyOf(effect.latency, ids.fraction)
    else if ('stale' in effect) request.stale_ms = Math.max(request.stale_ms, effect.stale.ms)
    else request.fault = effect
  }
  if (latencyMs === 0) {
    applyFault(request, reply, done)
    return
  }
  wait(request, reply, latencyMs, () => {
    // Others may have written during the delay.
    request.moment = request.world.moment()
    applyFault(request, reply, done)
  })
}

/** The call that fault rules match; undefined if it is not an operation of the emulated API. */
function faultCallOf({ routeOptions: { config, schema }, method, target }: FastifyRequest): FaultCall | undefined {
  const operation = schema?.operationId
  if (config.permission === undefined || operation === undefined) return undefined

  return { operation, method, can_lag: config.can_lag ?? false, ...target }
}

function latencyOf({ ms, jitter_ms }: Details<'latency'>, fraction: () => number): number {
  return jitter_ms === undefined ? ms : ms + jitter_ms * fraction()
}

function applyFault(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { fault } = request
  if (fault === undefined) done()
  else if ('error' in fault) sendError(fault.error, reply)
  else if ('html' in fault) sendPage(fault.html, request, reply)
  else if ('hang' in fault) wait(request, reply)
  else if ('reset' in fault && fault.reset === 'before') tearDown(request, reply)
  else done()
}

/** Runs after the handler, whose writes are committed by then. */
export function faultAfterHandler(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  const { fault } = request
  if (fault === undefined) done(null, payload)
  else if ('reset' in fault && fault.reset === 'after') tearDown(request, reply)
  else if (!('body' in fault) || typeof payload !== 'string') done(null, payload)
  else done(null, fault.body === 'malformed' ? malformed(payload) : truncated(payload, reply))
}

const [THROTTLED] = GATEWAY_ERRORS.rate_limited.errors('')

/** Sends text, since an injected error need not match the model of the response. */
function sendError({ status, code, message, retry_after }: Details<'error'>, reply: FastifyReply): void {
  const text = message ?? (code === THROTTLED.code ? THROTTLED.message : 'Fault injected by mockflared')
  reply.request.error_code = code
  if (retry_after !== undefined) reply.header('retry-after', retry_after)
  reply
    .code(status)
    .type('application/json')
    .send(JSON.stringify(fail([{ code, message: text }])))
}

const REASONS = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable', 504: 'Gateway Time-out' }

/**
 * A failing service sends HTML (recorded: trouble_page). We send the text of the proxy in front of
 * the API, with its headers and without the API's.
 */
function sendPage(status: keyof typeof REASONS, { world }: FastifyRequest, reply: FastifyReply): void {
  const title = `${status} ${REASONS[status]}`
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`

  const headers = {
    ...proxyHeaders(world),
    'content-type': 'text/html',
    'content-length': Buffer.byteLength(page),
  }
  reply.hijack()
  // The request log reads them from the reply.
  reply.headers(headers)
  reply.raw.writeHead(status, headers).end(page)
}

/** Text that starts as an object and ends as a list. */
function malformed(json: string): string {
  return `${json.slice(0, -1)}]`
}

/**
 * Half of a response. It is a stream, since Fastify corrects the content length of a text. Without
 * keep-alive, Node closes the connection after it.
 */
function truncated(json: string, reply: FastifyReply): Readable {
  const bytes = Buffer.from(json)
  reply.headers({ 'content-length': bytes.length, connection: 'close' })
  return Readable.from([bytes.subarray(0, bytes.length / 2)])
}

/**
 * Waits `ms` milliseconds of real time, then calls `next`; without `ms`, waits for ever. Drops the
 * request if the client disconnects, or the world or the emulator ends.
 */
function wait(request: FastifyRequest, reply: FastifyReply, ms?: number, next?: () => void): void {
  const ending = AbortSignal.any([request.world.ended, request.emulator.closing])
  const stop = (): void => {
    clearTimeout(timer)
    reply.raw.off('close', stop)
    ending.removeEventListener('abort', drop)
  }
  const drop = (): void => {
    stop()
    tearDown(request, reply)
  }
  const resume = (): void => {
    stop()
    next?.()
  }
  const timer = ms === undefined ? undefined : setTimeout(resume, ms)
  reply.raw.once('close', stop)
  ending.addEventListener('abort', drop)
  if (ending.aborted) drop()
}

/** Resets the TCP connection; without a socket, the response fails. */
function tearDown({ raw: { socket } }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  if (socket instanceof Socket) socket.resetAndDestroy()
  reply.raw.destroy()
}
