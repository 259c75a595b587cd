import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { ControlSettings } from '../../schemas/options.ts'

/**
 * Keeps a web page from driving the control plane: a browser names the page in Origin, or tells that it is another one in
 * Sec-Fetch-Site, and a page that made its own name resolve to this machine is given away by Host. Other machines need the token,
 * unless it was said that they do not. What a proxy says of the caller is not believed, since anybody can say it.
 */
export function requireTrust({ headers, ip }: FastifyRequest, settings: ControlSettings): void {
  const { control, control_token: token, public_url } = settings
  if (token !== undefined && !isBearer(headers.authorization, token)) {
    throw new ControlError(
      'forbidden',
      'the control plane wants Authorization: Bearer with the value of --control-token',
    )
  }
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host, public_url)) {
    throw new ControlError('forbidden', `the control plane does not answer pages of ${headers.origin}`)
  }
  if (isWithinOtherPage(headers)) {
    throw new ControlError('forbidden', 'the control plane does not answer pages of other origins')
  }
  if (token === undefined && control !== 'open') {
    if (!isLoopback(ip)) {
      throw new ControlError('forbidden', 'callers from other machines need --control-token, or --control open')
    }
    if (!isOwnName(headers.host)) {
      throw new ControlError('forbidden', `the control plane is not reached as ${headers.host} without --control-token`)
    }
  }
}

function isBearer(authorization: string | undefined, token: string): boolean {
  const [shown, wanted] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${token}`)]
  return shown.length === wanted.length && timingSafeEqual(shown, wanted)
}

function isOwnOrigin(origin: string, host: string | undefined, publicUrl = ''): boolean {
  return origin === `http://${host}` || (origin !== 'null' && origin === URL.parse(publicUrl)?.origin)
}

/** Browsers send no Origin with images, scripts and frames. A link that is followed from another page does no harm. */
function isWithinOtherPage(headers: IncomingHttpHeaders): boolean {
  return (
    ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'])) && headers['sec-fetch-dest'] !== 'document'
  )
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.')
}

/** `localhost` or an address: no name that somebody else's name server could point here. */
function isOwnName(host = ''): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || isIP(name) !== 0
}
