import type { RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import type { InjectRequest } from './inject-types.ts'
import type { Inject } from './types.ts'

/** Sends requests without a socket, like Fastify's `inject`. Rejects after `closing` is aborted. */
export function injectInto(handle: RequestListener, closing: AbortSignal): Inject {
  return async request => {
    const { inject } = await import('light-my-request')
    if (closing.aborted) throw new Error('the emulator is closed')
    return inject(handle, withStreamedBody(request))
  }
}

/**
 * Replaces a body by a stream. light-my-request delivers any other body with the global
 * `setImmediate`, which never fires if a test has faked timers.
 */
function withStreamedBody({ payload, body, ...request }: InjectRequest): InjectRequest {
  const given = payload || body
  if (!given) return request
  if (isStream(given)) return { ...request, payload: given }

  const isText = typeof given === 'string' || Buffer.isBuffer(given)
  const bytes = Buffer.from(isText ? given : JSON.stringify(given))
  const headers = {
    ...(!isText && { 'content-type': 'application/json' }),
    'content-length': String(bytes.length),
    ...withLowerCaseKeys(request.headers ?? {}),
  }
  return { ...request, headers, payload: streamOf(bytes) }
}

function isStream(body: NonNullable<InjectRequest['payload']>): boolean {
  return typeof body === 'object' && ('resume' in body || body instanceof FormData)
}

function streamOf(bytes: Buffer): Readable {
  return new Readable({
    read() {
      this.push(bytes)
      this.push(null)
    },
  })
}

function withLowerCaseKeys<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
