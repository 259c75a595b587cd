/** Requests to the gateway in words, and the commands that lead there. */
import type { EdgeRequest } from '../../../schemas/control/edge.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { quoted } from '../../data/quote.ts'

/** Why a visitor got what it got. */
export function whyOf({ status, tunnel_id, connector_id }: EdgeRequest): string {
  if (status === null) return 'the connection ended before a response began'
  if (connector_id === null) {
    return status === 530
      ? 'no tunnel serves this hostname, or no cloudflared of it is connected'
      : 'the gateway itself responded'
  }
  if (status === 502) return 'cloudflared cannot reach the origin, or its response broke'
  if (status === 524) return 'the response did not begin in time'
  if (status >= 500 || tunnel_id === null) return 'the origin responded so, or a fault of the edge'
  return 'the origin responded'
}

export function isFailed({ status }: EdgeRequest): boolean {
  return status === null || status >= 400
}

export interface Place {
  readonly server: string
  /** Undefined: the main world. */
  readonly world: string | undefined
}

/** A tunnel by its name, or by its id if another one has the same name. */
function nameIn(tunnel: OverviewTunnel, all: readonly OverviewTunnel[]): string {
  return all.filter(({ name }) => name === tunnel.name).length > 1 ? tunnel.tunnel_id : tunnel.name
}

/** Sets the variables of cloudflared in a shell. The token stays between the server and the shell. */
export function variablesCommand(tunnel: OverviewTunnel, all: readonly OverviewTunnel[], place: Place): string {
  const ofWorld = place.world === undefined ? '' : ` --world ${quoted(place.world)}`
  return `eval "$(mockflared env --tunnel ${quoted(nameIn(tunnel, all))} --url ${quoted(place.server)}${ofWorld})"`
}

/** A first request to a hostname of the tunnel, such as `curl -H 'Host: shop.example.com' …`. */
export function visitCommand(tunnel: OverviewTunnel, gatewayUrl: string, { world }: Place): string {
  const hostname = tunnel.hostnames.find(one => !one.includes('*')) ?? `${tunnel.tunnel_id}.cfargotunnel.com`
  const headers = [`Host: ${hostname}`, ...(world === undefined ? [] : [`mockflared-world: ${world}`])]
  return `curl ${headers.map(header => `-H ${quoted(header)}`).join(' ')} ${quoted(gatewayUrl)}`
}
