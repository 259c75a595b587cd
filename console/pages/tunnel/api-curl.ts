/** A request to the emulated API as curl. It names the token by its variable. */

import { quoted } from '../../data/quote.ts'
import { info } from '../../data/store.ts'

interface Address {
  readonly account_id: string
  readonly tunnel_id: string
}

/** The path of a tunnel in the emulated API. */
export function apiPath({ account_id, tunnel_id }: Address, rest = ''): string {
  return `/accounts/${account_id}/cfd_tunnel/${tunnel_id}${rest}`
}

export function apiUrl(path: string): string {
  return `${info.value?.base_url ?? '$CLOUDFLARE_BASE_URL'}${path}`
}

export function curlOfGet(path: string): string {
  return `curl ${quoted(apiUrl(path))} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"`
}

/** Publishes a configuration. */
export function curlOfPut(address: Address, config: unknown): string {
  return curlOfSend('PUT', apiPath(address, '/configurations'), { config })
}

/** Sends JSON to a path of the emulated API. */
export function curlOfSend(method: 'POST' | 'PUT', path: string, body: unknown): string {
  return [
    `curl -X ${method}`,
    quoted(apiUrl(path)),
    '-H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' ')
}
