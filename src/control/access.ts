import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { ControlSettings } from '../../schemas/option-groups.ts'
import { otherPageOf } from '../config/own-pages.ts'

/** Throws a ControlError for a caller that may not use the control plane. */
export function requireTrust(request: FastifyRequest, settings: ControlSettings): void {
  const reason = reasonToRefuse(request, settings)
  if (reason !== undefined) throw new ControlError('forbidden', reason)
}

/**
 * Undefined for a caller that may use the control plane. No foreign web page may. Another machine
 * needs the token, unless the control plane is open. Headers of proxies do not count: anybody can
 * send them.
 */
export function reasonToRefuse(request: FastifyRequest, settings: ControlSettings): string | undefined {
  const { headers, ip } = request
  const { control_token: token } = settings
  if (token !== undefined && !isBearer(headers.authorization, token)) {
    return 'the control plane wants Authorization: Bearer with the value of --control-token'
  }
  const page = refusalOfPage(request, settings)
  if (page !== undefined || isForOtherMachines(settings)) return page
  return isLoopback(ip) ? refusalOfHost(request) : 'callers from other machines need --control-token, or --control open'
}

/**
 * Undefined for a caller that may have the files of the console. They have no data, so neither the
 * token nor the caller's address counts: no browser sends a token when it opens a page, and the page
 * says what is missing.
 */
export function reasonToRefuseShell(request: FastifyRequest, settings: ControlSettings): string | undefined {
  return refusalOfPage(request, settings) ?? (isForOtherMachines(settings) ? undefined : refusalOfHost(request))
}

function isForOtherMachines({ control, control_token }: ControlSettings): boolean {
  return control_token !== undefined || control === 'open'
}

/** A browser names the page that sends a request in Origin, or marks it in Sec-Fetch-Site. */
function refusalOfPage(request: FastifyRequest, { public_url }: ControlSettings): string | undefined {
  const page = otherPageOf(request, public_url)
  return page && `the control plane does not answer pages of ${page}`
}

/** Host reveals a page whose own name resolves to this machine. */
function refusalOfHost({ headers: { host } }: FastifyRequest): string | undefined {
  return isOwnName(host)
    ? undefined
    : `the control plane is not reached as ${host} without --control-token, or --control open`
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
