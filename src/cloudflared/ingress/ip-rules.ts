import { isCidr } from '../go/net.ts'
import type { IpRule } from './config.ts'
import { inContext, Refusal } from './refusal.ts'

/** cloudflared looks at IP rules only where it uses them, in the service `socks-proxy` (`ipaccess/access.go`). */
export function validateIpRules(ipRules: readonly IpRule[]): void {
  inContext(
    () => 'unable to create ip rule for socks-proxy',
    () => ipRules.forEach(validateIpRule),
  )
}

function validateIpRule({ prefix = '', ports = [] }: IpRule): void {
  if (prefix === '') throw new Refusal('no prefix provided')
  if (!isCidr(prefix)) throw new Refusal(`unable to parse cidr: ${prefix.toWellFormed()}`)

  // Of several bad ports the lowest is named, for cloudflared sorts the list before it looks.
  const badPort = ports.toSorted((a, b) => a - b).find(port => port < 1 || port > 65535)
  if (badPort !== undefined) throw new Refusal(`invalid port ${badPort}, needs to be between 1 and 65535`)
}
