import { labelled } from './evidence.ts'
import { ConnectorId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, type Static, Type } from './typebox.ts'

/**
 * A connection between cloudflared and Cloudflare's edge, usually one of four. Keys and their order
 * are as recorded.
 */
export const Connection = Type.Object(
  {
    colo_name: Type.String({ description: 'Data center at the other end.', examples: ['dfw01'] }),
    uuid: Type.String({ description: 'Same as `id`; the older name.', format: 'uuid', maxLength: 36 }),
    id: Type.String({ description: 'UUID of the connection.', format: 'uuid', maxLength: 36 }),
    is_pending_reconnect: Type.Boolean({
      deprecated: true,
      description: 'True while a lost connection is still tracked, until its connector reconnects.',
    }),
    origin_ip: Type.String({ description: 'Address that cloudflared connects from.', examples: ['10.1.0.137'] }),
    opened_at: Timestamp,
    client_id: ConnectorId,
    client_version: Type.String({ description: 'Version of cloudflared.', examples: ['2026.8.2'] }),
  },
  {
    ...CLOSED,
    ...labelled('recorded'),
    title: 'Connection',
    description: 'A connection between a connector and the edge.',
  },
)
export type Connection = Static<typeof Connection>
