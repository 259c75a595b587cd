import { Timestamp } from '../timestamp.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'

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

const Limits = Type.Object(
  {
    max_worlds: Type.Integer({ description: 'Worlds, not counting the main one.' }),
    world_idle_ms: Type.Integer({ description: 'The server deletes a world after this time without use.' }),
    journal_size: Type.Integer({ description: 'Entries of a request log; 0 if it is off.' }),
    events_kept: Type.Integer({ description: 'Events that a world keeps.' }),
  },
  { ...CLOSED, title: 'Limits' },
)

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
    started_at: Type.Union([Timestamp, Type.Null()], {
      description: 'When the server started, in real time; null while the clock is frozen.',
    }),
    control: TextEnum(['on', 'open', 'off'], { description: 'Who may use the control plane over HTTP.' }),
    console: TextEnum(['on', 'watch', 'off'], {
      description: 'Whether there is a console, and whether it may change something.',
    }),
    inject_faults: Type.Boolean({ description: 'Whether faults are turned on.' }),
    evidence: Type.Boolean({ description: 'Whether responses have the header `mockflared-evidence`.' }),
    persistent: Type.Boolean({ description: 'Whether a file keeps the data of the main world.' }),
    seeds: Type.Array(Type.String(), { description: 'The seeds that the server was started with.' }),
    limits: Limits,
    worlds: Type.Integer({ description: 'The worlds that the server has, not counting the main one.' }),
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
