/** Requests to a public gateway, for any hostname, as a browser would send them. */
import { once } from 'node:events'
import { type Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { buffer } from 'node:stream/consumers'

export interface GatewayAddress {
  readonly host: string
  readonly port: number
  /** PEM of the CA; with it, requests use TLS. */
  readonly ca?: string | undefined
}

export interface GatewayRequest {
  readonly hostname: string
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: Buffer | string
  /** Keeps connections open; without one, each request has a connection of its own. */
  readonly agent?: Agent
}

export interface GatewayResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly trailers: NodeJS.Dict<string>
  readonly body: Buffer
  readonly text: string
}

/** Starts a request; its body is not ended. */
export function requestOf(
  gateway: GatewayAddress,
  { hostname, path = '/', method = 'GET', headers, agent }: GatewayRequest,
): ClientRequest {
  const { host, port, ca } = gateway
  const options = { host, port, path, method, headers: { host: hostname, ...headers }, agent: agent ?? false }
  return ca === undefined ? request(options) : secureRequest({ ...options, ca, servername: hostname })
}

/** Resolves with the head of the response, whose body is still to be read. */
export async function openRequest(gateway: GatewayAddress, wanted: GatewayRequest): Promise<IncomingMessage> {
  const sent = requestOf(gateway, wanted)
  sent.end(wanted.body)
  const [response] = await once(sent, 'response')
  return response
}

/** Rejects if the connection ends before the whole response. */
export async function ask(gateway: GatewayAddress, wanted: GatewayRequest): Promise<GatewayResponse> {
  const response = await openRequest(gateway, wanted)
  const body = await buffer(response)
  const { statusCode = 0, headers, trailers } = response
  return { status: statusCode, headers, trailers, body, text: body.toString() }
}
