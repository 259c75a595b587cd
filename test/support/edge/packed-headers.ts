/** The headers with which cloudflared answers: those of the origin are packed into one. */
import type { OutgoingHttpHeaders } from 'node:http2'

export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** A head that comes from the origin, or from cloudflared itself when it cannot reach that. */
export function responseHead(
  status: number,
  headers: HeaderPairs = [],
  source: 'origin' | 'cloudflared' = 'origin',
): OutgoingHttpHeaders {
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1]
  return {
    ':status': status,
    'cf-cloudflared-response-headers': headers.map(pair => pair.map(unpadded).join(':')).join(';'),
    'cf-cloudflared-response-meta': JSON.stringify({ src: source }),
    ...(length !== undefined && { 'content-length': length }),
  }
}

function unpadded(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64').replaceAll('=', '')
}
