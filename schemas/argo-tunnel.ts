import { Connection } from './connection.ts'
import { labelled } from './evidence.ts'
import { TunnelId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CreatedTunnel, TunnelCreate } from './tunnel.ts'
import { CLOSED, Nullable, type Static, Type } from './typebox.ts'

const { colo_name, is_pending_reconnect, uuid } = Connection.properties

/** (documented: argo_answer) */
const ArgoConnection = Type.Object(
  { colo_name, is_pending_reconnect, uuid },
  { ...CLOSED, ...labelled('documented'), title: 'ArgoConnection' },
)
export type ArgoConnection = Static<typeof ArgoConnection>

/**
 * A tunnel in responses of the deprecated paths (documented: argo_answer), without other fields
 * (assumed: argo_nothing_else).
 */
export const ArgoTunnel = Type.Object(
  {
    id: TunnelId,
    name: CreatedTunnel.properties.name,
    created_at: Timestamp,
    deleted_at: Nullable(Timestamp),
    connections: Type.Array(ArgoConnection),
  },
  {
    ...CLOSED,
    ...labelled('documented'),
    title: 'ArgoTunnel',
    description: 'A tunnel as the deprecated paths show it.',
  },
)
export type ArgoTunnel = Static<typeof ArgoTunnel>

/** The deprecated path requires both fields (documented: argo_secret). */
export const ArgoTunnelCreate = Type.Required(Type.Pick(TunnelCreate, ['name', 'tunnel_secret']), {
  ...labelled('documented'),
  title: 'ArgoTunnelCreate',
  examples: [{ name: 'my-old-tunnel', tunnel_secret: 'AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg=' }],
})
