import { BlockList, isIPv4, isIPv6 } from 'node:net'

export { isIPv4, isIPv6 }

const PRIVATE = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.168.0.0/16', '224.0.0.0/3', '::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
]

/** The addresses of Cloudflare's resolver. */
const RESOLVER = ['1.1.1.0/24', '1.0.0.0/24', '2606:4700:4700::/48']

/** (recorded: dns_proxiable) */
const NOT_PROXIABLE = new BlockList()
for (const range of [...PRIVATE, ...RESOLVER]) {
  const [address = '', bits] = range.split('/')
  NOT_PROXIABLE.addSubnet(address, Number(bits), familyOf(address))
}

export function isProxiableAddress(address: string): boolean {
  return !NOT_PROXIABLE.check(address, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
