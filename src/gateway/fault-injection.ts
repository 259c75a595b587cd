import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { FaultEffect } from '../../schemas/control/fault.ts'
import type { FaultCall } from '../world/faults/rules.ts'
import { fail } from './envelope.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import type { App } from './route.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** How far what it reads lags behind what was written, in milliseconds on the clock of the world. */
    lagMs: number
    /** What goes wrong with its answer. */
    fault: FaultEffect | undefined
  }
}

/**
 * Lets calls of the emulated plane go wrong as the faults of their world say. To be called after the hook that finds the
 * world and before the plane is registered: a fault comes before authentication, as a gateway in trouble would. Turned off, no
 * call is looked at.
 */
export function injectFaults(app: App, isOn = true): void {
  app.decorateRequest('lagMs', 0)
  app.decorateRequest('fault')
  if (!isOn) return

  app.addHook('onRequest', beforeHandler)
  app.addHook('onSend', afterHandler)
}

/** A hook that does not call `done` has answered by itself, or lets nobody answer. */
function beforeHandler(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { faults, clock, ids, ended } = request.world
  const call = faults.areSet() ? callOf(request) : undefined
  const effects = call ? faults.take(call, clock.now()) : []
  if (effects.length === 0) {
    done()
    return
  }

  let latencyMs = 0
  for (const effect of effects) {
    if ('latency' in effect) latencyMs += latencyOf(effect.latency, ids.fraction)
    else if ('stale' in effect) request.lagMs = Math.max(request.lagMs, effect.stale.ms)
    else request.fault = effect
  }
  const over = AbortSignal.any([ended, request.site.closing])
  const goOn = () => goWrong(request, reply, over, done)
  if (latencyMs === 0) goOn()
  else linger(request, reply, over, { ms: latencyMs, goOn })
}

type Details<Key extends string> = Extract<FaultEffect, Record<Key, unknown>>[Key]

/** The call as faults see it; undefined for what is no operation of the emulated plane. */
function callOf({ route: { config, schema }, method, url, params }: FastifyRequest): FaultCall | undefined {
  const operation = schema?.operationId
  if (config.permission === undefined || operation === undefined) return undefined

  const [path = url] = url.split('?', 1)
  return {
    operation,
    method,
    path,
    can_lag: config.can_lag ?? false,
    account_id: idIn(params, 'account_id'),
    tunnel_id: idIn(params, 'tunnel_id'),
  }
}

function idIn(params: unknown, name: string): string | undefined {
  const [, id] = Object.entries(params ?? {}).find(([key]) => key === name) ?? []
  return typeof id === 'string' ? id : undefined
}

function latencyOf({ ms, jitter_ms }: Details<'latency'>, fraction: () => number): number {
  return jitter_ms === undefined ? ms : ms + jitter_ms * fraction()
}

function goWrong(request: FastifyRequest, reply: FastifyReply, over: AbortSignal, goOn: () => void): void {
  const { fault } = request
  if (fault === undefined) goOn()
  else if ('error' in fault) answerError(fault.error, reply)
  else if ('html' in fault) answerPage(fault.html, reply)
  else if ('hang' in fault) linger(request, reply, over)
  else if ('reset' in fault && fault.reset === 'before') tearDown(request, reply)
  else goOn()
}

/** The handler has run, and what it wrote is committed. */
function afterHandler(
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

/** Sent as text, since what a fault says need not fit the model of the answer. */
function answerError({ status, code, message, retry_after }: Details<'error'>, reply: FastifyReply): void {
  const text = message ?? (code === THROTTLED.code ? THROTTLED.message : 'Fault injected by mockflared')
  if (retry_after !== undefined) reply.header('retry-after', retry_after)
  reply
    .code(status)
    .type('application/json')
    .send(JSON.stringify(fail([{ code, message: text }])))
}

const REASONS = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable', 504: 'Gateway Time-out' }

/** In trouble the service answers HTML (recorded: trouble_page). Our text is that of the proxy in front, past every hook of the API. */
function answerPage(status: keyof typeof REASONS, reply: FastifyReply): void {
  const title = `${status} ${REASONS[status]}`
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`

  reply.hijack()
  reply.raw.writeHead(status, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(page) }).end(page)
}

/** It starts as an object and ends as a list. */
function malformed(json: string): string {
  return `${json.slice(0, -1)}]`
}

/** A stream, since Fastify corrects the length of a text. Without keep-alive Node closes the connection after it. */
function truncated(json: string, reply: FastifyReply): Readable {
  const bytes = Buffer.from(json)
  reply.headers({ 'content-length': bytes.length, connection: 'close' })
  return Readable.from([bytes.subarray(0, bytes.length / 2)])
}

interface Pause {
  /** Real time. */
  readonly ms: number
  readonly goOn: () => void
}

/** Waits, without a pause for ever. When the client leaves, or world or server are over meanwhile, nothing goes on. */
function linger(request: FastifyRequest, reply: FastifyReply, over: AbortSignal, pause?: Pause): void {
  const stop = (): void => {
    clearTimeout(timer)
    reply.raw.off('close', stop)
    over.removeEventListener('abort', drop)
  }
  const drop = (): void => {
    stop()
    tearDown(request, reply)
  }
  const resume = (): void => {
    stop()
    pause?.goOn()
  }
  const timer = pause && setTimeout(resume, pause.ms)
  reply.raw.once('close', stop)
  over.addEventListener('abort', drop)
  if (over.aborted) drop()
}

/** As abruptly as TCP can; without a socket the answer fails. */
function tearDown({ raw: { socket } }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  if (socket instanceof Socket) socket.resetAndDestroy()
  reply.raw.destroy()
}
