import { TunnelConfig } from './configuration.ts'
import { DURATION_PATTERN } from './duration.ts'
import { AccountId, ConnectorId, EXAMPLE_ACCOUNT, TunnelId, ZoneId } from './identifiers.ts'
import { CONNECTOR_KINDS } from './records.ts'
import { ConfigSource } from './tunnel.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, type TSchema, Type } from './typebox.ts'

/**
 * A time in a seed. An age counts from the time of loading: a connection that was lost "-2m" is
 * pending whenever the seed is loaded.
 */
export const SeedTime = Type.String({
  format: 'moment',
  description: 'RFC 3339, or an age counted back from the time of loading: "-90s", "-15m", "-3h", "-45d".',
  examples: ['-45d', '2026-09-29T07:05:39Z'],
})

const StateConnection = Type.Object(
  {
    id: Type.Optional(Type.String({ format: 'uuid', description: 'Default: random.' })),
    index: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 255, description: 'The number that a real cloudflared gave it.' }),
    ),
    colo_name: Type.Optional(Type.String({ description: 'Default: the next of the connector.' })),
    origin_ip: Type.Optional(Type.String({ description: 'Default: that of the connector.' })),
    opened_at: Type.Optional(SeedTime),
    lost_at: Type.Optional(Nullable(SeedTime)),
    closed_at: Type.Optional(Nullable(SeedTime)),
  },
  { ...CLOSED, description: 'Live from opened_at (default: run_at of the connector) until lost_at or closed_at.' },
)

export type StateConnection = Static<typeof StateConnection>

const StateConnector = Type.Object(
  {
    id: Type.Optional(ConnectorId),
    kind: Type.Optional(
      TextEnum(CONNECTOR_KINDS, {
        description:
          'real: a cloudflared that connected to the local edge. Live connections that it does not have now are lost. Default: simulated.',
      }),
    ),
    version: Type.Optional(Type.String({ description: 'Version of cloudflared.' })),
    arch: Type.Optional(Type.String()),
    features: Type.Optional(Type.Array(Type.String())),
    run_at: Type.Optional(SeedTime),
    config_version: Type.Optional(Nullable(Type.Integer({ minimum: 0, description: 'Default: the latest version.' }))),
    colos: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: 'Data centers, used in turn.' })),
    origin_ip: Type.Optional(Type.String({ description: 'Default: a documentation address.' })),
    tunnel_secret: Type.Optional(
      Type.String({ description: 'The secret that it started with. Default: the current one.' }),
    ),
    reconnects: Type.Optional(
      Type.Boolean({ description: 'Whether it reconnects when the API cuts it off. Default: false.' }),
    ),
    config_delay_ms: Type.Optional(
      Nullable(
        Type.Integer({
          minimum: 0,
          description: 'Milliseconds until it applies a new remote configuration; null: never. Default: 0.',
        }),
      ),
    ),
    connections: Type.Optional(
      Type.Array(StateConnection, { minItems: 1, description: 'Default: four live connections.' }),
    ),
  },
  { ...CLOSED, description: 'A cloudflared that runs or ran the tunnel.' },
)

export type StateConnector = Static<typeof StateConnector>

const StateConfiguration = Type.Object(
  {
    version: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Default: the previous version plus one. The first is 1, or 0 for a local tunnel.',
      }),
    ),
    source: Type.Optional(ConfigSource),
    created_at: Type.Optional(SeedTime),
    author: Type.Optional(Type.String({ description: 'The author. Default: the seed.' })),
    config: TunnelConfig,
  },
  { ...CLOSED, description: 'One version of the configuration, oldest first.' },
)

const StateTunnel = Type.Object(
  {
    id: Type.Optional(TunnelId),
    account_tag: AccountId,
    name: Type.String({ minLength: 1 }),
    config_src: Type.Optional(ConfigSource),
    tunnel_secret: Type.Optional(Type.String({ description: 'Base64. Default: 32 random bytes.' })),
    metadata: Type.Optional(Type.Object({}, OPEN)),
    created_at: Type.Optional(SeedTime),
    deleted_at: Type.Optional(Nullable(SeedTime)),
    conns_active_at: Type.Optional(Nullable(SeedTime)),
    conns_inactive_at: Type.Optional(Nullable(SeedTime)),
    configurations: Type.Optional(Type.Array(StateConfiguration)),
    connectors: Type.Optional(Type.Array(StateConnector)),
  },
  CLOSED,
)
export type StateTunnel = Static<typeof StateTunnel>

/** A change that happens by itself some time after loading. */
export const ScenarioStep = Type.Object(
  {
    after: Type.String({ pattern: DURATION_PATTERN, description: 'Time after loading.', examples: ['30s'] }),
    every: Type.Optional(
      Type.String({
        pattern: DURATION_PATTERN,
        description: 'Repeats the step at this interval, at least one second. Default: it happens once.',
        examples: ['5m'],
      }),
    ),
    account_id: AccountId,
    tunnel_id: TunnelId,
    connector_id: ConnectorId,
    happens: TextEnum(['lost', 'stopped', 'drained', 'back'], {
      description:
        'lost: its connections drop. stopped: they close. drained: they close one after the other. back: it reconnects.',
    }),
  },
  { ...CLOSED, description: 'One step of a scenario.' },
)
export type ScenarioStep = Static<typeof ScenarioStep>

const PERMISSIONS = "Names of Cloudflare's permission groups. A Write group may read too."

const CREDENTIAL = { description: 'A credential that `--auth strict` accepts.' }

const StateCredential = Type.Object(
  {
    token: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `Authorization: Bearer`.' }))),
    email: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `X-Auth-Email`, with `key`.' }))),
    key: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `X-Auth-Key`, with `email`.' }))),
    service_key: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `X-Auth-User-Service-Key`.' }))),
    accounts: Type.Optional(Nullable(Type.Array(AccountId, { description: 'Default: every account.' }))),
    zones: Type.Optional(Nullable(Type.Array(ZoneId, { description: 'Default: every zone of its accounts.' }))),
    permissions: Type.Array(Type.String(), { description: PERMISSIONS }),
  },
  { ...CLOSED, ...CREDENTIAL },
)
export type StateCredential = Static<typeof StateCredential>

const HEAD = {
  $schema: Type.Optional(Type.String({ description: 'For editors.' })),
  purpose: Type.Optional(Type.String({ description: 'The purpose of this state, in one sentence.' })),
}

export const StateAccounts = Type.Array(
  Type.Object({ id: AccountId, name: Type.Optional(Nullable(Type.String())) }, CLOSED),
  { description: 'If given, only these accounts exist. Default: every account exists.' },
)
export const StateCredentials = Type.Array(StateCredential)
export const StateTunnels = Type.Array(StateTunnel)

const SCENARIO = {
  scenario: Type.Optional(Type.Array(ScenarioStep, { description: 'Runs on the clock of the world.' })),
}

const STATE = {
  title: 'State',
  description: 'A state of mockflared: accounts, credentials and tunnels.',
  examples: [{ tunnels: [{ account_tag: EXAMPLE_ACCOUNT, name: 'my-tunnel' }] }],
}

/**
 * The state of a world: the format of seeds. This model accepts unknown sections, since resources
 * add their own; `stateModel` checks them.
 */
export const State = Type.Object(
  {
    ...HEAD,
    accounts: Type.Optional(StateAccounts),
    credentials: Type.Optional(StateCredentials),
    tunnels: Type.Optional(StateTunnels),
    ...SCENARIO,
  },
  { ...OPEN, ...STATE },
)

/** Sections by key. Each resource adds its own with `declare module '…/state.ts'`. */
export interface StateSections {
  tunnels?: StateTunnel[]
}

export type State = Omit<Static<typeof State>, 'tunnels'> & StateSections

/** A state with its name for messages: its file, or the name of a bundled seed. */
export interface NamedState {
  readonly name: string
  readonly state: State
}

/** The model of a state with exactly these sections, and only these permissions in credentials. */
export function stateModel(sections: Readonly<Record<string, TSchema>>, permissions: readonly string[]): TSchema {
  const credential = Type.Object(
    { ...StateCredential.properties, permissions: Type.Array(TextEnum(permissions)) },
    { ...CLOSED, ...CREDENTIAL },
  )
  const all = { ...sections, credentials: Type.Array(credential) }
  const optional = Object.entries(all).map(([key, model]) => [key, Type.Optional(model)])
  return Type.Object({ ...HEAD, ...Object.fromEntries(optional), ...SCENARIO }, { ...CLOSED, ...STATE })
}
