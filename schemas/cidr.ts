/** IP networks in CIDR notation, of both versions. */

export interface Network {
  /** The size of an address: 32 or 128. */
  readonly bits: number
  /** The first address, without host bits. */
  readonly address: bigint
  /** How many of the bits name the network. */
  readonly length: number
}

/**
 * Reads a network; undefined for invalid text. A single address is a network of one host, and host
 * bits are cleared (assumed: route_network_form).
 */
export function parseNetwork(text: string): Network | undefined {
  const [, address = '', length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const host = parseIp(address)
  if (!host || Number(length ?? 0) > host.bits) return undefined

  return withLength(host, length === undefined ? host.bits : Number(length))
}

/** Reads one address as a network of one host; undefined for invalid text. */
export function parseIp(text: string): Network | undefined {
  const isV4 = !text.includes(':')
  const groups = isV4 ? octetsOf(text) : groupsOf(text)
  if (!groups) return undefined

  const bits = isV4 ? 32 : 128
  const width = BigInt(bits / groups.length)
  const address = groups.reduce((sum, group) => (sum << width) | BigInt(group), 0n)
  return { bits, address, length: bits }
}

/** The network as text, with the shortest form of an IPv6 address. */
export function networkText({ bits, address, length }: Network): string {
  return `${bits === 32 ? ipv4Text(address) : ipv6Text(address)}/${length}`
}

export function containsNetwork(outer: Network, inner: Network): boolean {
  return (
    outer.bits === inner.bits &&
    outer.length <= inner.length &&
    withLength(inner, outer.length).address === outer.address
  )
}

function withLength({ bits, address }: Network, length: number): Network {
  const hostBits = BigInt(bits - length)
  return { bits, address: (address >> hostBits) << hostBits, length }
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/

function octetsOf(text: string): readonly number[] | undefined {
  const octets = text.split('.')
  const isValid = octets.length === 4 && octets.every(octet => OCTET.test(octet) && Number(octet) <= 255)
  return isValid ? octets.map(Number) : undefined
}

const GROUPS = 8

/** The parser of URLs knows all forms of an IPv6 address, and returns the shortest one. */
function shortIpv6(text: string): string | undefined {
  return /^[\da-f:.]+$/i.test(text) ? URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) : undefined
}

function groupsOf(text: string): readonly number[] | undefined {
  const short = shortIpv6(text)
  if (short === undefined) return undefined

  const [head = [], tail = []] = short.split('::').map(part => part.split(':').filter(Boolean))
  const zeros = Array.from({ length: GROUPS - head.length - tail.length }, () => '0')
  return [...head, ...zeros, ...tail].map(group => Number.parseInt(group, 16))
}

function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map(shift => (address >> shift) & 0xffn).join('.')
}

function ipv6Text(address: bigint): string {
  const groups = address.toString(16).padStart(32, '0').match(/.{4}/g) ?? []
  return shortIpv6(groups.join(':')) ?? ''
}
