import { Connection } from './connection.ts'
import { TunnelId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CreatedTunnel, TunnelCreate } from './tunnel.ts'
import { CLOSED, Nullable, type Static, Type } from './typebox.ts'

const { colo_name, is_pending_reconnect, uuid } = Connection.properties

/** Under the old paths a connection has these keys alone (documented, until 2024). */
const ArgoConnection = Type.Object({ colo_name, is_pending_reconnect, uuid }, { ...CLOSED, title: 'ArgoConnection' })
export type ArgoConnection = Static<typeof ArgoConnection>

/** A tunnel as the old paths show it (documented, until 2024); that there is nothing else on it is assumed. */
export const ArgoTunnel = Type.Object(
  {
    id: TunnelId,
    name: CreatedTunnel.properties.name,
    created_at: Timestamp,
    deleted_at: Nullable(Timestamp),
    connections: Type.Array(ArgoConnection),
  },
  { ...CLOSED, title: 'ArgoTunnel', description: 'A tunnel as the deprecated paths show it.' },
)
export type ArgoTunnel = Static<typeof ArgoTunnel>

/** Both are required here (documented). */
export const ArgoTunnelCreate = Type.Required(Type.Pick(TunnelCreate, ['name', 'tunnel_secret']), {
  title: 'ArgoTunnelCreate',
  examples: [{ name: 'blog', tunnel_secret: 'AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg=' }],
})
