import type { IncomingHttpHeaders } from 'node:http'

interface PageRequest {
  readonly headers: IncomingHttpHeaders
  readonly protocol: string
}

/**
 * The origin of the web page that sends a request, if that page is not one of ours; 'other origins'
 * if the browser does not name it. Undefined for our own pages and for clients that are no browsers,
 * which send none of these headers.
 */
export function otherPageOf({ headers, protocol }: PageRequest, publicUrl?: string): string | undefined {
  const { origin, host } = headers
  if (origin !== undefined && !isOwnOrigin(origin, `${protocol}://${host}`, publicUrl)) return origin
  return isPartOfOtherPage(headers) ? 'other origins' : undefined
}

function isOwnOrigin(origin: string, address: string, publicUrl = ''): boolean {
  return origin === address || (origin !== 'null' && origin === URL.parse(publicUrl)?.origin)
}

/**
 * Browsers send no Origin with images, scripts and frames. A link from another page is harmless.
 */
function isPartOfOtherPage(headers: IncomingHttpHeaders): boolean {
  return (
    ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'])) && headers['sec-fetch-dest'] !== 'document'
  )
}
