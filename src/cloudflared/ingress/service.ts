import { atoi } from '../go/strconv.ts'
import { parseUrl } from '../go/url.ts'
import type { IpRule } from './config.ts'
import { validateIpRules } from './ip-rules.ts'
import { inContext, Refusal } from './refusal.ts'

const statusPrefix = 'http_status:'
const builtIns = new Set(['hello-world', 'hello_world', 'bastion'])

/** Only what is no special service has to be a URL, and in bastion mode, where the client names the origin, nothing. */
export function validateService(service: string, bastionMode: boolean, ipRules: readonly IpRule[] = []): void {
  if (service.startsWith('unix:') || service.startsWith('unix+tls:')) return
  if (service.startsWith(statusPrefix)) validateStatusCode(service.slice(statusPrefix.length))
  else if (service === 'socks-proxy') validateIpRules(ipRules)
  else if (!builtIns.has(service) && !bastionMode) validateAddress(service)
}

function validateStatusCode(text: string): void {
  const code = inContext(
    () => 'invalid HTTP status code',
    () => atoi(text),
  )
  if (code < 100n || code > 999n) throw new Refusal(`invalid HTTP status code: ${code}`)
}

function validateAddress(address: string): void {
  const { scheme, hostname, path } = parseUrl(address)
  if (scheme === '' || hostname === '') {
    throw new Refusal(`${address} is an invalid address, please make sure it has a scheme and a hostname`)
  }
  if (path !== '') {
    throw new Refusal(
      `${address} is an invalid address, ingress rules don't support proxying to a different path on the origin ` +
        "service. The path will be the same as the eyeball request's path",
    )
  }
}
