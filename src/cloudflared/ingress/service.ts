import { GoError, withContext } from '../go/error.ts'
import { atoi } from '../go/strconv.ts'
import { parseUrl } from '../go/url.ts'
import type { IpRule } from './config.ts'
import { validateIpRules } from './ip-rules.ts'

const STATUS_PREFIX = 'http_status:'
const BUILT_IN_SERVICES = new Set(['hello-world', 'hello_world', 'bastion'])

/**
 * A service that is not built in must be a URL, except in bastion mode, where the client names the
 * origin.
 */
export function validateService(service: string, bastionMode: boolean, ipRules: readonly IpRule[] = []): void {
  if (service.startsWith('unix:') || service.startsWith('unix+tls:')) return
  if (service.startsWith(STATUS_PREFIX)) validateStatusCode(service.slice(STATUS_PREFIX.length))
  else if (service === 'socks-proxy') validateIpRules(ipRules)
  else if (!BUILT_IN_SERVICES.has(service) && !bastionMode) validateAddress(service)
}

function validateStatusCode(text: string): void {
  const code = withContext(
    () => 'invalid HTTP status code',
    () => atoi(text),
  )
  if (code < 100n || code > 999n) throw new GoError(`invalid HTTP status code: ${code}`)
}

function validateAddress(address: string): void {
  const { scheme, hostname, path } = parseUrl(address)
  if (scheme === '' || hostname === '') {
    throw new GoError(`${address} is an invalid address, please make sure it has a scheme and a hostname`)
  }
  if (path !== '') {
    throw new GoError(
      `${address} is an invalid address, ingress rules don't support proxying to a different path on the origin ` +
        "service. The path will be the same as the eyeball request's path",
    )
  }
}
