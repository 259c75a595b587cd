import { styleText } from 'node:util'
import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify'
import type { LogFormat } from '../../schemas/options.ts'
import { isObservation } from '../config/observer.ts'
import { addressOf, MAIN_WORLD_ID } from '../config/paths.ts'
import { traceIdOf } from '../config/trace-context.ts'
import { redactedText } from '../gateway/redaction.ts'

export type Logger = Exclude<FastifyServerOptions['logger'], undefined>

/** Logs text for people or JSON for machines; never headers, bodies, or secrets in a URL. */
export async function loggerFor(format: LogFormat): Promise<Logger> {
  if (format === 'off') return false
  if (format === 'json') return { level: 'info', base: null }

  // This hook costs half of what a pino-pretty stream costs.
  const { prettyFactory } = await import('pino-pretty')
  const streamWrite = prettyFactory({
    colorize: false,
    ignore: 'level',
    // Errors are still shown, with their stack.
    hideObject: true,
    translateTime: 'HH:MM:ss',
    messageFormat: line => withWorld(textOf(line), line),
  })
  return { level: 'info', base: null, hooks: { streamWrite } }
}

type Line = Readonly<Record<string, unknown>>

/** The levels of pino. */
const WARN = 40

function textOf({ level, msg, method, url, status, code, ms }: Line): string {
  if (ms === undefined) return Number(level) >= WARN ? coloured('yellow', `warning: ${msg}`) : String(msg)

  const outcome = coloured(COLOURS[Math.floor(Number(status) / 100)] ?? 'red', [status, code].filter(Boolean).join(' '))
  return `${outcome} ${method} ${addressOf(String(url)).url} ${ms} ms`
}

function withWorld(text: string, { world }: Line): string {
  return world === undefined || world === MAIN_WORLD_ID ? text : `${text} (world ${world})`
}

type Colour = 'cyan' | 'green' | 'red' | 'yellow'

/** By class of status. */
const COLOURS: Readonly<Record<number, Colour>> = { 2: 'green', 3: 'cyan', 4: 'yellow', 5: 'red' }

/** Only on a terminal, and not with NO_COLOR: `styleText` looks. */
function coloured(colour: Colour, text: string): string {
  return styleText(colour, text, { stream: process.stdout })
}

/** Logs one line for each response. Fastify would log two. */
export class ResponseLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { method, originalUrl, world, error_code, routeOptions, headers } = request
    const name = routeOptions.config.control_operation
    if (this.isLogDisabled(request) || isObservation(headers, name)) return

    reply.log.info({
      world: world?.id,
      operation: routeOptions.schema?.operationId ?? name,
      method,
      url: redactedText(originalUrl),
      status: reply.statusCode,
      code: error_code,
      ms: Math.round(reply.elapsedTime),
      trace_id: traceIdOf(headers.traceparent),
    })
  }
}
