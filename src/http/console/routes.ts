import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CONTROL_PREFIX } from '../../config/paths.ts'
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

/** Why a caller does not get the console: one sentence for the person in front of the browser. */
export interface ConsoleRefusal {
  readonly status: 403 | 404
  readonly sentence: string
}

export interface ConsoleOptions {
  /** Undefined for a caller that may have the files, which contain no data. */
  readonly refusalFor: (request: FastifyRequest) => ConsoleRefusal | undefined
}

/**
 * Serves the built files of the console. They are the same for all worlds: the page reads the world
 * from its own URL.
 */
export function serveConsole(app: FastifyInstance, { refusalFor }: ConsoleOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    const refusal = refusalFor(request)
    if (refusal !== undefined) return sendSentence(reply, refusal)
  })

  app.get('/', { ...QUIET, constraints: { accept: 'text/html', console: 'on' } }, (request, reply) =>
    reply.redirect(request.target.path.endsWith('/') ? 'console/' : `${CONTROL_PREFIX.slice(1)}/console/`),
  )
  // Relative: a proxy may serve it under another path.
  app.get('/console', QUIET, (_request, reply) => reply.redirect('console/', 308))
  app.get<{ Params: { '*': string } }>('/console/*', QUIET, async (request, reply) => {
    const name = request.params['*'] || 'index.html'
    const file = await request.emulator.consoleFiles.find(name)
    if (file !== undefined) return sendFile(request, reply, file)
    const isBuilt = name !== 'index.html'
    return sendSentence(reply, {
      status: 404,
      sentence: isBuilt ? 'The console has no such file.' : 'The console is not built: run npm run build:console.',
    })
  })
}

function sendSentence(reply: FastifyReply, { status, sentence }: ConsoleRefusal): FastifyReply {
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
