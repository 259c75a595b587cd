import { lookup } from 'node:dns/promises'
import type { AddressInfo, Server } from 'node:net'

/** This name has an IPv4 and an IPv6 address, and a client may use either. */
const LOCALHOST = 'localhost'

export interface BoundServers<S> {
  readonly servers: readonly S[]
  /** That of the first server; all have the same port. */
  readonly address: AddressInfo
}

/**
 * Binds a server to a host and a port, where 0 is any free one. For `localhost` there is one server
 * for each of its addresses. Rejects with Node's error, such as EADDRINUSE.
 */
export async function bindServers<S>(
  create: () => S,
  netServerOf: (server: S) => Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<BoundServers<S>> {
  const [first = host, ...others] = host === LOCALHOST ? await addressesOf(host) : [host]
  const main = create()
  const address = await bind(netServerOf(main), first, port)

  const servers = [main]
  for (const other of others) {
    const server = create()
    // The name may resolve to an address that this machine does not have.
    const isBound = await bind(netServerOf(server), other, address.port).then(
      () => true,
      () => false,
    )
    if (isBound) servers.push(server)
  }
  return { servers, address }
}

/** Host and port; for a server that listens on all addresses, with the loopback address. */
export function authorityOf({ address, port, family }: AddressInfo): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address
  return `${family === 'IPv6' ? `[${reachable}]` : reachable}:${port}`
}

function bind(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}

async function addressesOf(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address)
}
