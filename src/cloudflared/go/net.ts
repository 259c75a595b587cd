/** What Go's package `net` takes for a host with a port, and for a network. */

import { Refusal } from '../ingress/refusal.ts'
import { toBytes } from './bytes.ts'
import { type Address, parseAddress } from './netip.ts'

/** Whether SplitHostPort succeeds: one colon outside of the brackets, and nothing else is said about host or port. */
export function isHostPort(text: string): boolean {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text)
}

/** Whether ParseCIDR succeeds: an address without a zone and the number of leading bits, such as `10.0.0.0/8`. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/')
  if (slash < 0) return false
  const address = addressOrNull(text.slice(0, slash))
  const bits = text.slice(slash + 1)
  return address !== null && address.zone === '' && /^\d+$/.test(bits) && Number(bits) <= address.bits
}

function addressOrNull(text: string): Address | null {
  try {
    return parseAddress(toBytes(text))
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
