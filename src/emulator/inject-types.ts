/** Copies of the types of `light-my-request`, since our package does not install it for users. */
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

type Query = string | { [key: string]: string | string[] }
type Target = string | { pathname: string; protocol?: string; hostname?: string; port?: string | number; query?: Query }
type Payload = string | object | Buffer | NodeJS.ReadableStream

interface Cookie {
  name: string
  value: string
  path?: string
  domain?: string
  expires?: Date
  maxAge?: number
  secure?: boolean
  httpOnly?: boolean
  sameSite?: string
  [name: string]: unknown
}

/** A request. */
export interface InjectRequest {
  url?: Target
  path?: Target
  method?: string
  headers?: IncomingHttpHeaders | OutgoingHttpHeaders
  query?: Query
  payload?: Payload
  body?: Payload
  cookies?: { [name: string]: string | Omit<Cookie, 'name'> } | Cookie[]
  authority?: string
  remoteAddress?: string
  signal?: { readonly aborted: boolean }
  payloadAsStream?: boolean
}

/** A response. */
export interface InjectResponse {
  raw: { res: ServerResponse; req: IncomingMessage }
  rawPayload: Buffer
  headers: OutgoingHttpHeaders
  statusCode: number
  statusMessage: string
  trailers: { [key: string]: string }
  payload: string
  body: string
  // biome-ignore lint/suspicious/noExplicitAny: the type of light-my-request, which tests rely on.
  json: <T = any>() => T
  stream: () => Readable
  cookies: Cookie[]
  isLightMyRequest: true
}
