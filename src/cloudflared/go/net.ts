/** Go's package `net`: which texts are a host with a port, and which are a network. */

import { toBytes } from './bytes.ts'
import { GoError } from './error.ts'
import { type Address, parseAddress } from './netip.ts'

/** Whether SplitHostPort succeeds: it wants one colon outside brackets and checks nothing else. */
export function isHostPort(text: string): boolean {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text)
}

/**
 * Whether ParseCIDR succeeds: an address without a zone and a prefix length, as in `10.0.0.0/8`.
 */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/')
  if (slash < 0) return false
  const address = addressOrNull(text.slice(0, slash))
  const prefixLength = text.slice(slash + 1)
  return address !== null && address.zone === '' && /^\d+$/.test(prefixLength) && Number(prefixLength) <= address.bits
}

function addressOrNull(text: string): Address | null {
  try {
    return parseAddress(toBytes(text))
  } catch (error) {
    if (error instanceof GoError) return null
    throw error
  }
}
