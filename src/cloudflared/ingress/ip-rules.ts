import { GoError, withContext } from '../go/error.ts'
import { isCidr } from '../go/net.ts'
import type { IpRule } from './config.ts'

/**
 * For the service `socks-proxy` only: cloudflared checks IP rules where it uses them
 * (`ipaccess/access.go`).
 */
export function validateIpRules(ipRules: readonly IpRule[]): void {
  withContext(
    () => 'unable to create ip rule for socks-proxy',
    () => ipRules.forEach(validateIpRule),
  )
}

function validateIpRule({ prefix = '', ports = [] }: IpRule): void {
  if (prefix === '') throw new GoError('no prefix provided')
  if (!isCidr(prefix)) throw new GoError(`unable to parse cidr: ${prefix.toWellFormed()}`)

  // The error names the lowest of several invalid ports, because cloudflared sorts them first.
  const invalidPort = ports.toSorted((a, b) => a - b).find(port => port < 1 || port > 65535)
  if (invalidPort !== undefined) throw new GoError(`invalid port ${invalidPort}, needs to be between 1 and 65535`)
}
