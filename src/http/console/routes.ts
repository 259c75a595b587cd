import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { consoleMode } from '../../config/console-mode.ts'
import type { ConsoleFile } from './files.ts'

/** The page loads its own files and asks its own server. It has no inline script or style. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types mockflared',
].join('; ')

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const ONE_YEAR = 'public, max-age=31536000, immutable'

/** The page is no use of the server, so it writes no lines to its log. */
const QUIET = { logLevel: 'silent', config: { any_world: true } } as const

export interface ConsoleOptions {
  /** Why a caller may not even have these files, which contain no data; undefined if it may. */
  readonly reasonToRefuse: (request: FastifyRequest) => string | undefined
}

/**
 * Serves the built files of the console. They are the same for all worlds: the page reads the world
 * from its own URL. An error is one sentence for the person in front of the browser.
 */
export function serveConsole(app: FastifyInstance, { reasonToRefuse }: ConsoleOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    const reason = reasonToRefuse(request)
    if (reason !== undefined) return sendSentence(reply, 403, `The console is not shown here: ${reason}.`)
    if (consoleMode(request.emulator.control) === 'off') {
      return sendSentence(reply, 404, 'The console is off: start the server with --console on.')
    }
  })

  // Relative: a proxy may serve it under another path.
  app.get('/console', QUIET, (_request, reply) => reply.redirect('console/', 308))
  app.get<{ Params: { '*': string } }>('/console/*', QUIET, async (request, reply) => {
    const name = request.params['*'] || 'index.html'
    const file = await request.emulator.consoleFiles.find(name)
    if (file !== undefined) return sendFile(request, reply, file)
    return sendSentence(
      reply,
      404,
      name === 'index.html' ? 'The console is not built: run npm run build:console.' : 'The console has no such file.',
    )
  })
}

function sendSentence(reply: FastifyReply, status: number, sentence: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(`${sentence}\n`)
}

async function sendFile({ headers }: FastifyRequest, reply: FastifyReply, file: ConsoleFile): Promise<FastifyReply> {
  const { type, etag, bytes, isImmutable, gzipped } = file
  reply.headers({ etag, 'cache-control': isImmutable ? ONE_YEAR : 'no-cache' })
  if (gzipped !== undefined) reply.header('vary', 'accept-encoding')
  if (hasEtag(headers['if-none-match'], etag)) return reply.code(304).send()

  reply.type(type)
  if (gzipped === undefined || !acceptsGzip(headers['accept-encoding'])) return reply.send(bytes)
  return reply.header('content-encoding', 'gzip').send(await gzipped())
}

function hasEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(',').some(one => [etag, '*'].includes(one.trim())) ?? false
}

function acceptsGzip(acceptEncoding: string | string[] | undefined): boolean {
  return [acceptEncoding].flat().some(one => /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(one ?? ''))
}
