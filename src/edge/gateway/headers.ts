/** The headers that the gateway passes on, in both directions. */
import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { OutgoingHttpHeaders } from 'node:http2'

/** A header as it was sent. A repeated one stands in a list twice. */
export type Header = readonly [name: string, value: string]

/** The parts of a visitor's request that decide what cloudflared is sent. */
export interface RequestHead {
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** In lower case, without a port. */
  readonly hostname: string
  /** With the query. */
  readonly path: string
  /** With names in lower case. */
  readonly headers: readonly Header[]
  /** The IP address of the visitor. */
  readonly address: string
  readonly ray: string
  readonly is_websocket: boolean
}

/** Names a world in a request; no connector is sent it. */
export const WORLD_HEADER = 'mockflared-world'

/** cloudflared acts on this header, so only the edge may set it (client: edge_stream_kinds). */
const UPGRADE_HEADER = 'cf-cloudflared-proxy-connection-upgrade'
const PACKED_HEADERS = 'cf-cloudflared-response-headers'
const META = 'cf-cloudflared-response-meta'

/** They concern one connection only (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])

/**
 * Those of the edge, which a visitor must not forge: with some of them, cloudflared takes the
 * request as a new configuration (client: edge_stream_kinds).
 */
const EDGE_ONLY = /^(?:cf-(?:cloudflared|int|proxy)-|x-forwarded-)/

/** The gateway sets these itself, or has answered them. */
const REPLACED = new Set(['host', 'cf-connecting-ip', 'cf-ray', 'cf-visitor', 'cdn-loop', 'expect', WORLD_HEADER])

/** `authority`: the host that cloudflared is asked for, if it is not that of the visitor. */
export function requestHeaders(head: RequestHead, authority = head.hostname): OutgoingHttpHeaders {
  const { headers, is_websocket } = head
  const isHop = hopByHop(headers)
  const kept = headers.filter(
    ([name]) => !isHop(name) && !EDGE_ONLY.test(name) && !REPLACED.has(name) && !(is_websocket && name === LENGTH),
  )
  const acceptsTrailers = tokensOf(headers, 'te').includes('trailers')
  return Object.assign(outgoingHeaders(kept), {
    ':method': head.method,
    ':scheme': head.scheme,
    ':authority': authority,
    ':path': head.path,
    ...(acceptsTrailers && { te: 'trailers' }),
    ...(is_websocket && { [UPGRADE_HEADER]: 'websocket' }),
    ...addedHeaders(head),
  })
}

const LENGTH = 'content-length'

/** (documented: edge_request_headers) */
function addedHeaders({ headers, scheme, address, ray }: RequestHead) {
  const forwarded = headers.flatMap(([name, value]) => (name === 'x-forwarded-for' ? value : []))
  return {
    'cf-ray': ray,
    'cf-connecting-ip': address,
    'x-forwarded-for': [...forwarded, address].join(', '),
    'x-forwarded-proto': scheme,
    'cf-visitor': JSON.stringify({ scheme }),
    'cdn-loop': `cloudflare; loops=${loopsOf(headers) + 1}`,
  }
}

/** How often a request has been through the gateway. */
export function loopsOf(headers: readonly Header[]): number {
  const counts = tokensOf(headers, 'cdn-loop').map(token => /^cloudflare; *loops=(\d{1,4})$/.exec(token)?.[1])
  return Math.max(0, ...counts.map(count => Number(count ?? 0)))
}

export interface ResponseHead {
  readonly status: number
  readonly headers: readonly Header[]
  /** Whether the origin answered, and not cloudflared itself. */
  readonly is_from_origin: boolean
  /** Whether cloudflared has too many open flows. */
  readonly is_rate_limited: boolean
}

/** Undefined for headers that cannot be read, and for those that HTTP forbids. */
export function readResponseHead(
  sent: Readonly<Record<string, string | string[] | number | undefined>>,
): ResponseHead | undefined {
  const packed = sent[PACKED_HEADERS]
  const headers = packed === undefined ? [] : unpackHeaders(String(packed))
  if (!headers?.every(isValid)) return undefined

  const isHop = hopByHop(headers)
  const meta = String(sent[META] ?? '')
  return {
    status: Number(sent[':status']),
    headers: headers.filter(([name]) => !isHop(name.toLowerCase())),
    is_from_origin: !meta.includes('"cloudflared"'),
    is_rate_limited: meta.includes('"flow_rate_limited":true'),
  }
}

/**
 * cloudflared packs the headers of the origin into one, so that HTTP/2 does not judge them (client:
 * edge_packed_headers). Undefined for a text of another form.
 */
export function unpackHeaders(packed: string): readonly Header[] | undefined {
  if (!/^(?:[A-Za-z\d+/]*:[A-Za-z\d+/]*(?:;|$))*$/.test(packed)) return undefined
  const pairs = packed.split(';').filter(pair => pair !== '')
  return pairs.map((pair): Header => {
    const [name = '', value = ''] = pair.split(':').map(part => Buffer.from(part, 'base64').toString('latin1'))
    return [name, value]
  })
}

/** Whether HTTP allows the name and the value. Otherwise a header could contain others. */
export function isValid([name, value]: Header): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

/** For Node: one key for a header, with a list if it is repeated. Keeps the case of names. */
export function outgoingHeaders(headers: readonly Header[]): OutgoingHttpHeaders {
  const groups = Map.groupBy(headers, ([name]) => name.toLowerCase())
  const outgoing: OutgoingHttpHeaders = Object.create(null)
  for (const [lower, [[name, first], ...others]] of groups as Map<string, [Header, ...Header[]]>) {
    const values = [first, ...others.map(([, value]) => value)]
    outgoing[name] = lower === 'cookie' ? values.join('; ') : values.length === 1 || SINGLE.has(lower) ? first : values
  }
  return outgoing
}

/** Node refuses to send these twice in HTTP/2. The first one counts, as in Node's own servers. */
const SINGLE = new Set(
  (
    'access-control-allow-credentials access-control-max-age access-control-request-method age authorization ' +
    'content-encoding content-language content-length content-location content-md5 content-range content-type date ' +
    'dnt etag expires from if-match if-modified-since if-none-match if-range if-unmodified-since last-modified ' +
    'location max-forwards proxy-authorization range referer retry-after tk upgrade-insecure-requests user-agent ' +
    'x-content-type-options'
  ).split(' '),
)

/** Whether a header, by its name in lower case, must not be passed on. */
function hopByHop(headers: readonly Header[]): (name: string) => boolean {
  const named = new Set(tokensOf(headers, 'connection'))
  return name => HOP_BY_HOP.has(name) || named.has(name)
}

/** In lower case. */
function tokensOf(headers: readonly Header[], wanted: string): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map(token => token.trim())
}
