import { isIP } from 'node:net'
import type { Options } from '../../schemas/options.ts'
import type { Edge } from '../edge/edge.ts'
import { PRODUCTS, type Products } from '../resources/products.ts'
import type { Worlds } from '../worlds/registry.ts'
import type { EmulatorOptions } from './types.ts'

/** With the edge, its evidence is in the catalogue too. */
export async function productsFor({ edge_port }: Pick<EmulatorOptions, 'edge_port'>): Promise<Products> {
  return edge_port === undefined ? PRODUCTS : (await import('../edge/products.ts')).EDGE_PRODUCTS
}

/** Creates the edge; undefined if it is off, and then none of its code is loaded. */
export async function loadEdge(
  options: Options,
  listen: boolean,
  worlds: () => Worlds,
  warn: (line: string) => void,
): Promise<Edge | undefined> {
  const { edge_port, host } = options
  if (edge_port === undefined) return undefined
  if (!listen) throw new Error('edge_port needs a socket: leave out listen: false')

  if (!isLoopback(host)) {
    warn(`the edge and its gateway listen on ${host}: anyone who can connect to it can use your tunnels and origins`)
  }
  const { createEdge } = await import('../edge/edge.ts')
  return createEdge({ ...options, edge_port }, worlds, warn)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
