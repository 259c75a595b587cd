import { Timestamp } from '../timestamp.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'
import { DurationMs, LOG_RANGE } from './log-fields.ts'

/** The edge, as a world sees it. */
export const EdgeStatus = Type.Object(
  {
    address: Type.String({ description: 'Where cloudflared connects.', examples: ['127.0.0.1:7844'] }),
    gateway_url: Type.String({ description: 'The public side.', examples: ['http://127.0.0.1:8080'] }),
    ca_path: Type.String({ description: 'The certificate that cloudflared must trust: a file of the server.' }),
    connections: Type.Integer({ minimum: 0, description: 'Connections of real connectors to tunnels of the world.' }),
    accepts: Type.Boolean({ description: 'Whether connectors may register in the world.' }),
  },
  { ...CLOSED, title: 'EdgeStatus' },
)
export type EdgeStatus = Static<typeof EdgeStatus>

export const EdgeChange = Type.Object(
  {
    accepts: Type.Boolean({
      description: 'false: connectors no longer register in the world. Those that are connected stay.',
    }),
  },
  { ...CLOSED, title: 'EdgeChange', examples: [{ accepts: false }] },
)
export type EdgeChange = Static<typeof EdgeChange>

const Method = Type.String({ examples: ['GET'] })
const Hostname = Type.String({ examples: ['shop.example.com'] })

/** A request to the gateway: neither bodies, nor the query, and of the headers only the trace. */
export const EdgeRequest = Type.Object(
  {
    id: Type.Integer({ minimum: 1, description: 'The number of the entry in its world.' }),
    at: Timestamp,
    hostname: Hostname,
    method: Method,
    path: Type.String({ description: 'Without the query.', examples: ['/images/1.png'] }),
    status: Nullable(Type.Integer({ description: 'null: the connection ended before the response began.' })),
    tunnel_id: Nullable(Type.String({ description: 'null: no tunnel serves the hostname.' })),
    connector_id: Nullable(Type.String({ description: 'null: no connector got the request.' })),
    duration_ms: DurationMs,
    bytes: Type.Integer({ minimum: 0, description: 'Bytes of the body that the visitor got.' }),
    trace_id: Type.Optional(Type.String({ description: 'The trace in the `traceparent` of the visitor.' })),
  },
  { ...CLOSED, title: 'EdgeRequest' },
)
export type EdgeRequest = Static<typeof EdgeRequest>

export const EdgeRequests = Type.Array(EdgeRequest)

/** Selects requests to the gateway by all keys that it has. */
export const EdgeRequestFilter = Type.Object(
  {
    hostname: Type.Optional(Hostname),
    method: Type.Optional(Method),
    path: Type.Optional(Type.String({ description: 'The start of the path.' })),
    tunnel_id: Type.Optional(Type.String()),
    connector_id: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    ...LOG_RANGE,
  },
  { ...CLOSED, title: 'EdgeRequestFilter' },
)
export type EdgeRequestFilter = Static<typeof EdgeRequestFilter>

export const EdgeCertificate = Type.String({
  title: 'EdgeCertificate',
  description: 'The certificate of the CA, as PEM.',
})
