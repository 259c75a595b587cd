import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify'
import type { LogFormat } from '../../schemas/options.ts'
import { redactedUrl } from '../gateway/redaction.ts'

export type Logger = Exclude<FastifyServerOptions['logger'], undefined>

/** Text for people, JSON for machines. No header and no body is ever logged, and of a URL nothing that is secret. */
export async function loggerFor(format: LogFormat): Promise<Logger> {
  if (format === 'off') return false
  if (format === 'json') return { level: 'info', base: null }

  const { default: pretty } = await import('pino-pretty')
  const stream = pretty({
    ignore: 'level,reqId,method,url,status,ms,path',
    translateTime: 'HH:MM:ss',
    messageFormat: ({ msg, method, url, status, ms }) =>
      status === undefined ? String(msg) : `${status} ${method} ${url} ${ms} ms`,
  })
  return { level: 'info', base: null, stream }
}

/** One line for each answer instead of Fastify's two. */
export class AnswerLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (this.isLogDisabled(request)) return

    const { method, originalUrl } = request
    reply.log.info({
      method,
      url: redactedUrl(originalUrl),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  }
}
