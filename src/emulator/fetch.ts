import type { Readable } from 'node:stream'
import type { InjectResponse } from './inject-types.ts'
import type { Inject } from './types.ts'

/** Where an emulator is that does not listen. Nothing can: to a real fetch it is a bad port, so no request gets astray. */
export const NOWHERE = 'http://localhost:0'

/** Sent by Node's fetch unless the caller says otherwise. */
const USUAL_HEADERS = { accept: '*/*', 'user-agent': 'node' }

/** By the Fetch standard their answers have no body. */
const BODILESS = [204, 205, 304]

/**
 * A fetch that hands its requests to a server in this process. It fails like the real one: a connection that was torn is a
 * TypeError, and an abort is the reason that it was given. Only `url` is served, and nothing is ever sent to another place. A
 * redirect is answered, not followed.
 */
export function fetchThrough(inject: Inject, url: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init?.body ? { duplex: 'half', ...init } : init)
    const { origin } = new URL(request.url)
    if (origin !== new URL(url).origin) {
      throw new TypeError('fetch failed', { cause: new Error(`this fetch serves ${url} and does not go to ${origin}`) })
    }
    request.signal.throwIfAborted()
    return Promise.race([answerTo(request, inject), abortOf(request.signal)])
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function answerTo(request: Request, inject: Inject): Promise<Response> {
  const { pathname, search, host } = new URL(request.url)
  const payload = request.body && Buffer.from(await request.arrayBuffer())
  const sent = await inject({
    method: request.method,
    url: pathname + search,
    headers: { host, ...USUAL_HEADERS, ...Object.fromEntries(request.headers) },
    ...(payload && { payload }),
    payloadAsStream: true,
    signal: request.signal,
  }).catch(cause => {
    throw new TypeError('fetch failed', { cause })
  })

  const isEmpty = request.method === 'HEAD' || BODILESS.includes(sent.statusCode)
  const response = new Response(isEmpty ? null : ReadableStream.from(bodyOf(sent, request.signal)), {
    status: sent.statusCode,
    statusText: sent.statusMessage,
    headers: headersOf(sent),
  })
  Object.defineProperty(response, 'url', { value: request.url })
  return response
}

function headersOf({ headers }: InjectResponse): [string, string][] {
  return Object.entries(headers).flatMap(([name, value = '']) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
}

/** What the server sends, as it comes. Less than was announced is a connection that broke. */
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
    // The server must learn that nobody reads on.
    raw.res.destroy()
  }
}
