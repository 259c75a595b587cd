import type { Readable } from 'node:stream'
import type { InjectResponse } from './inject-types.ts'
import type { Inject } from './types.ts'

/**
 * The URL of an emulator that does not listen. No server can listen on port 0, and the real fetch
 * rejects it.
 */
export const OFFLINE_URL = 'http://localhost:0'

/** Node's fetch sends these unless the caller sets them. */
const DEFAULT_HEADERS = { accept: '*/*', 'user-agent': 'node' }

/** The Fetch standard permits no body for these. */
const STATUSES_WITHOUT_BODY = [204, 205, 304]

/**
 * Creates a fetch that passes requests to a server in this process. It fails like the real fetch: a
 * broken connection is a TypeError, and an abort rejects with its reason. It rejects requests to
 * any other origin than that of `url`, and does not follow redirects.
 */
export function fetchThrough(inject: Inject, url: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init?.body ? { duplex: 'half', ...init } : init)
    const { origin } = new URL(request.url)
    if (origin !== new URL(url).origin) {
      throw new TypeError('fetch failed', { cause: new Error(`this fetch serves ${url} and does not go to ${origin}`) })
    }
    request.signal.throwIfAborted()
    return Promise.race([responseTo(request, inject), rejectionOnAbort(request.signal)])
  }
}

function rejectionOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function responseTo(request: Request, inject: Inject): Promise<Response> {
  const { pathname, search, host } = new URL(request.url)
  const payload = request.body && Buffer.from(await request.arrayBuffer())
  const injected = await inject({
    method: request.method,
    url: pathname + search,
    headers: { host, ...DEFAULT_HEADERS, ...Object.fromEntries(request.headers) },
    ...(payload && { payload }),
    payloadAsStream: true,
    signal: request.signal,
  }).catch(cause => {
    throw new TypeError('fetch failed', { cause })
  })

  const isEmpty = request.method === 'HEAD' || STATUSES_WITHOUT_BODY.includes(injected.statusCode)
  const response = new Response(isEmpty ? null : ReadableStream.from(bodyOf(injected, request.signal)), {
    status: injected.statusCode,
    statusText: injected.statusMessage,
    headers: headersOf(injected),
  })
  Object.defineProperty(response, 'url', { value: request.url })
  return response
}

function headersOf({ headers }: InjectResponse): [string, string][] {
  return Object.entries(headers).flatMap(([name, value = '']) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
}

/**
 * Streams the response. If it is shorter than its content length, the connection broke.
 */
async function* bodyOf({ raw, headers, stream }: InjectResponse, signal: AbortSignal): AsyncGenerator<Buffer> {
  const body: Readable = stream()
  let length = 0
  try {
    for await (const chunk of body) {
      length += chunk.length
      yield chunk
    }
    if (length < Number(headers['content-length'] ?? 0)) throw new Error('other side closed')
  } catch (cause) {
    throw signal.aborted ? signal.reason : new TypeError('terminated', { cause })
  } finally {
    // The server learns from this that the client has stopped reading.
    raw.res.destroy()
  }
}
