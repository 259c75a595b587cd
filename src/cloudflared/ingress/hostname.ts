import { GoError } from '../go/error.ts'
import { isHostPort } from '../go/net.ts'

interface Position {
  readonly number: number
  readonly isLast: boolean
}

/** A hostname is a pattern without a port. The last rule, and no other, must match everything. */
export function validateHostname(hostname: string, path: string, position: Position): void {
  if (isHostPort(hostname)) throw new GoError('Hostname cannot contain a port')
  if (hostname.lastIndexOf('*') > 0) {
    throw new GoError(
      'Hostname patterns can have at most one wildcard character ("*") and it can only be used for subdomains, ' +
        'e.g. "*.example.com"',
    )
  }

  const matchesEverything = (hostname === '' || hostname === '*') && path === ''
  if (position.isLast && !matchesEverything) {
    throw new GoError('The last ingress rule must match all URLs (i.e. it should not have a hostname or path filter)')
  }
  if (!position.isLast && matchesEverything) {
    throw new GoError(
      `Rule #${position.number} is matching the hostname '${hostname}', but this will match every hostname, ` +
        'meaning the rules which follow it will never be triggered.',
    )
  }
}
