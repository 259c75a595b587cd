import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify'
import type { LogFormat } from '../../schemas/options.ts'
import { redactedText } from '../gateway/redaction.ts'

export type Logger = Exclude<FastifyServerOptions['logger'], undefined>

/** Text for people, JSON for machines. It never logs headers, bodies or secrets in a URL. */
export async function loggerFor(format: LogFormat): Promise<Logger> {
  if (format === 'off') return false
  if (format === 'json') return { level: 'info', base: null }

  // A hook, since a stream of pino-pretty parses and writes each line at twice the cost.
  const { prettyFactory } = await import('pino-pretty')
  const streamWrite = prettyFactory({
    ignore: 'level,reqId,method,url,status,ms,path',
    translateTime: 'HH:MM:ss',
    messageFormat: ({ msg, method, url, status, ms }) =>
      status === undefined ? String(msg) : `${status} ${method} ${url} ${ms} ms`,
  })
  return { level: 'info', base: null, hooks: { streamWrite } }
}

/** One line for each response instead of Fastify's two. */
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
