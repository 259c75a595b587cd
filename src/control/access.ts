import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { ControlSettings } from '../../schemas/options.ts'
import { otherPageOf } from '../config/own-pages.ts'

/** Throws a ControlError for a caller that may not use the control plane. */
export function requireTrust(request: FastifyRequest, settings: ControlSettings): void {
  const reason = reasonToRefuse(request, settings)
  if (reason !== undefined) throw new ControlError('forbidden', reason)
}

/**
 * Undefined for a caller that may use the control plane. No foreign web page may: a browser names
 * the page in Origin or marks the request in Sec-Fetch-Site, and Host reveals a page whose own name
 * resolves to this machine. Another machine needs the token, unless the control plane is open.
 * Headers of proxies do not count: anybody can send them.
 */
export function reasonToRefuse(request: FastifyRequest, settings: ControlSettings): string | undefined {
  const { headers, ip } = request
  const { control, control_token: token, public_url } = settings
  if (token !== undefined && !isBearer(headers.authorization, token)) {
    return 'the control plane wants Authorization: Bearer with the value of --control-token'
  }
  const page = otherPageOf(request, public_url)
  if (page !== undefined) return `the control plane does not answer pages of ${page}`
  if (token !== undefined || control === 'open') return undefined
  if (!isLoopback(ip)) return 'callers from other machines need --control-token, or --control open'
  return isOwnName(headers.host)
    ? undefined
    : `the control plane is not reached as ${headers.host} without --control-token`
}

function isBearer(authorization: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.')
}

/** `localhost` or an IP address. Any other name may come from the name server of an attacker. */
function isOwnName(host = ''): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || isIP(name) !== 0
}
