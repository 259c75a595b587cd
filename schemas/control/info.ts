import { CLOSED, type Static, Type } from '../typebox.ts'

const EdgeInfo = Type.Object(
  {
    address: Type.String({ description: 'Where cloudflared connects: HOST:PORT.' }),
    gateway_url: Type.String({ description: 'Where visitors of the hostnames connect.' }),
    ca_path: Type.String({ description: 'The file with the CA that cloudflared must trust.' }),
    connections: Type.Integer({ description: 'The connections of real connectors in this world.' }),
  },
  CLOSED,
)
export type EdgeInfo = Static<typeof EdgeInfo>

export const Info = Type.Object(
  {
    version: Type.String({ description: 'The version of mockflared.' }),
    world: Type.String({ description: 'The id of the world.' }),
    base_url: Type.String(),
    auth: Type.String(),
    account_id: Type.String({ description: 'An account of the world.' }),
    token: Type.Union([Type.String(), Type.Null()], {
      description: 'A token that the world accepts for the account; null if it accepts none.',
    }),
    zone: Type.Union([Type.Object({ id: Type.String(), name: Type.String() }, CLOSED), Type.Null()], {
      description: 'A zone of the account; null without one.',
    }),
    behaviour: Type.Record(Type.String(), Type.Boolean(), { description: 'The dated changes that are in force.' }),
    pending_reconnect_ms: Type.Integer(),
    random_seed: Type.Union([Type.Integer(), Type.Null()]),
    edge: Type.Union([EdgeInfo, Type.Null()], { description: 'The local edge; null while it is off.' }),
  },
  { ...CLOSED, title: 'Info' },
)
export type Info = Static<typeof Info>

export const PublicKey = Type.Object(
  { kty: Type.Literal('EC'), crv: Type.Literal('P-256'), x: Type.String(), y: Type.String() },
  { ...CLOSED, title: 'PublicKey', description: 'The JWK that verifies management tokens.' },
)
export type PublicKey = Static<typeof PublicKey>
