import { Connection } from './connection.ts'
import { labelled } from './evidence.ts'
import { ConnectorId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, type Static, Type } from './typebox.ts'

/** A running cloudflared with its connections. Cloudflare's description calls it a client. */
export const Client = Type.Object(
  {
    id: ConnectorId,
    features: Type.Array(Type.String(), { description: 'Features that this cloudflared announced.' }),
    version: Type.String({ description: 'Version of cloudflared.', examples: ['2026.8.2'] }),
    arch: Type.String({ description: 'Operating system and architecture.', examples: ['linux_amd64'] }),
    conns: Type.Array(Connection, { description: 'Connections that are live or pending reconnect.' }),
    run_at: Timestamp,
    ha_status: Type.Null({ description: 'Always null; in no published schema.' }),
    config_version: Type.Optional(
      Type.Integer({ description: 'Version of the remote configuration in use; absent until it applies one.' }),
    ),
  },
  { ...CLOSED, ...labelled('recorded'), title: 'Client', description: 'A connector: one running cloudflared.' },
)
export type Client = Static<typeof Client>

export const CleanUpQuery = Type.Object({ client_id: Type.Optional(ConnectorId) }, labelled('documented'))
export type CleanUpQuery = Static<typeof CleanUpQuery>

/** (assumed: clean_up_answer) */
export const CleanedUp = Type.Null(labelled('assumed'))
