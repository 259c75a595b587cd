import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify'
import type { LogFormat } from '../../schemas/options.ts'
import { redactedText } from '../gateway/redaction.ts'

export type Logger = Exclude<FastifyServerOptions['logger'], undefined>

/** Logs text for people or JSON for machines; never headers, bodies, or secrets in a URL. */
export async function loggerFor(format: LogFormat): Promise<Logger> {
  if (format === 'off') return false
  if (format === 'json') return { level: 'info', base: null }

  // This hook costs half of what a pino-pretty stream costs.
  const { prettyFactory } = await import('pino-pretty')
  const streamWrite = prettyFactory({
    ignore: 'level,reqId,method,url,status,ms,path',
    translateTime: 'HH:MM:ss',
    messageFormat: ({ msg, method, url, status, ms }) =>
      status === undefined ? String(msg) : `${status} ${method} ${url} ${ms} ms`,
  })
  return { level: 'info', base: null, hooks: { streamWrite } }
}

/** Logs one line for each response. Fastify would log two. */
export class ResponseLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (this.isLogDisabled(request)) return

    const { method, originalUrl } = request
    reply.log.info({
      method,
      url: redactedText(originalUrl),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  }
}
