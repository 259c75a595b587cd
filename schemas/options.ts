/**
 * The options of an emulator, each declared once. All other forms derive from this: flags,
 * environment variables, the configuration file and its JSON Schema, defaults, help, the table in
 * the README and the types of the library.
 */
import { Instant } from './control/clock.ts'
import { option } from './option.ts'
import { State } from './state.ts'
import { CLOSED, type Static, TextEnum, Type } from './typebox.ts'
import { WORLD_LIMITS } from './world-limits.ts'

/** The seeds in the package. */
export const BUNDLED_SEEDS = ['docs', 'demo', 'every-status'] as const

const MAX_PORT = 65_535

/**
 * A day or `latest`, and switches for single changes, such as
 * `2025-11-30,configuration_account_id=on`.
 */
const DATED_BEHAVIOUR = '^\\s*(latest|\\d{4}-\\d\\d-\\d\\d)\\s*(,\\s*\\w+=(on|off)\\s*)*$'

export const Options = Type.Object(
  {
    host: option(Type.String({ minLength: 1, default: '127.0.0.1' }), {
      description: 'Address to listen on',
      valueName: 'HOST',
    }),
    port: option(Type.Integer({ minimum: 0, maximum: MAX_PORT, default: 8844 }), {
      description: 'Port to listen on; 0 takes any free one',
      valueName: 'PORT',
    }),
    /** Undefined: the URL where the emulator listens. */
    public_url: Type.Optional(
      option(Type.String({ format: 'web-address', examples: ['https://mockflared.example.com'] }), {
        description: 'URL under which clients reach the emulator, such as https://mockflared.example.com',
        valueName: 'URL',
      }),
    ),
    tls: option(Type.Boolean({ default: false }), {
      description: 'Also listen with TLS, for programs with a fixed https://api.cloudflare.com',
      valueName: 'BOOL',
    }),
    tls_port: option(Type.Integer({ minimum: 0, maximum: MAX_PORT, default: 8443 }), {
      description: 'Port to listen on with TLS; programs with a fixed address use 443',
      valueName: 'PORT',
    }),
    /** Undefined: `.mockflared/tls` in the home directory. */
    tls_dir: Type.Optional(
      option(Type.String({ minLength: 1 }), {
        description: 'Folder to keep the CA for TLS in, instead of ~/.mockflared/tls',
        valueName: 'DIR',
        notPaths: [],
      }),
    ),
    /** Undefined: a certificate of the emulator's own CA. */
    tls_cert: Type.Optional(
      option(Type.String({ minLength: 1 }), {
        description: 'Your own certificate for TLS, as PEM; needs --tls-key and turns TLS on',
        valueName: 'FILE',
        notPaths: [],
      }),
    ),
    tls_key: Type.Optional(
      option(Type.String({ minLength: 1 }), {
        description: 'The private key of your own certificate, as PEM',
        valueName: 'FILE',
        notPaths: [],
      }),
    ),
    /** Undefined: the edge is off, and none of its code is loaded. */
    edge_port: Type.Optional(
      option(Type.Integer({ minimum: 0, maximum: MAX_PORT }), {
        description: 'Port where a real cloudflared connects; turns the edge on; 0 takes any free one',
        valueName: 'PORT',
      }),
    ),
    gateway_port: option(Type.Integer({ minimum: 0, maximum: MAX_PORT, default: 0 }), {
      description: 'Port for visitors of the hostnames behind the edge, HTTP and HTTPS; 0 takes any free one',
      valueName: 'PORT',
    }),
    /** Undefined: the folder of TLS, or one beside the database, or a temporary one. */
    edge_dir: Type.Optional(
      option(Type.String({ minLength: 1 }), {
        description: 'Folder to keep the CA of the edge in',
        valueName: 'DIR',
        notPaths: [],
      }),
    ),
    /** The default is the time that Cloudflare waits (documented: edge_origin_timeout). */
    gateway_timeout_ms: option(Type.Integer({ minimum: 1, maximum: 86_400_000, default: 100_000 }), {
      description: 'How long the gateway waits for the first byte of a response',
      valueName: 'DURATION',
    }),
    edge_heartbeat_ms: option(Type.Integer({ minimum: 10, maximum: 3_600_000, default: 3_000 }), {
      description: 'How often the edge checks that a connection of cloudflared is alive',
      valueName: 'DURATION',
    }),
    allow_origin: option(
      Type.Array(Type.String({ format: 'web-origin', examples: ['http://localhost:3000'] }), { default: [] }),
      {
        description: 'Origin of web pages that may call the emulated API, or * for all; repeatable',
        valueName: 'ORIGIN',
      },
    ),
    db: option(Type.String({ minLength: 1, default: ':memory:' }), {
      description: 'SQLite file to keep the main world in; or a folder, such as data/, to keep every world in',
      valueName: 'PATH',
      notPaths: [':memory:'],
    }),
    seed: option(Type.Array(Type.Union([Type.String(), Type.Unsafe<State>(State)]), { default: [] }), {
      description: `State to load at start: ${BUNDLED_SEEDS.join(', ')}, a file or a folder of files; repeatable`,
      valueName: 'SEED',
      notPaths: BUNDLED_SEEDS,
    }),
    auth: option(TextEnum(['open', 'strict', 'off'], { default: 'open' }), {
      description: 'open: accept any credential; strict: only those of the seed; off: require none',
      valueName: 'MODE',
    }),
    behaviour: option(Type.String({ pattern: DATED_BEHAVIOUR, default: 'latest', examples: ['2025-11-30'] }), {
      description: 'Behave as the API did on this day, such as 2025-11-30',
      valueName: 'DATE',
      alias: 'behavior',
    }),
    /** Cloudflare documents 32, but does not enforce it (recorded: secret_length). */
    secret_min_bytes: option(Type.Integer({ minimum: 1, maximum: 1_024, default: 1 }), {
      description: 'Minimum tunnel secret length, in bytes; Cloudflare documents 32',
      valueName: 'BYTES',
    }),
    /** A lost connection is tracked for five minutes (assumed: connection_expiry). */
    pending_reconnect_ms: option(Type.Integer({ minimum: 0, maximum: 86_400_000, default: 5 * 60 * 1_000 }), {
      description: 'How long a lost connection stays pending reconnect',
      valueName: 'DURATION',
    }),
    check_ingress: option(Type.Boolean({ default: true }), {
      description: 'Reject ingress configurations that cloudflared would reject',
      valueName: 'BOOL',
    }),
    /** Undefined: all. */
    keep_configurations: Type.Optional(
      option(Type.Integer({ minimum: 1, maximum: 1_000_000 }), {
        description: 'Keep this many configuration versions of a tunnel, and those that connectors run; by default all',
        valueName: 'COUNT',
      }),
    ),
    check_responses: option(Type.Boolean({ default: true }), {
      description: 'Respond with 500 if a response does not match its model',
      valueName: 'BOOL',
    }),
    evidence: option(Type.Boolean({ default: true }), {
      description: 'Add a mockflared-evidence header that says how each response is known',
      valueName: 'BOOL',
    }),
    inject_faults: option(Type.Boolean({ default: true }), {
      description: 'Enable fault injection',
      valueName: 'BOOL',
    }),
    /** Undefined: the clock runs with the machine's time. */
    clock: Type.Optional(
      option(Instant, {
        description: 'Start with the clock frozen at this time, such as 2026-01-01T00:00:00Z',
        valueName: 'TIME',
      }),
    ),
    random_seed: Type.Optional(
      option(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), {
        description: 'Seed of the random numbers, which makes ids, secrets and rays repeatable',
        valueName: 'NUMBER',
      }),
    ),
    rate_limit: option(Type.Boolean({ default: false }), {
      description: "Enforce Cloudflare's rate limit",
      valueName: 'BOOL',
    }),
    journal_size: option(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 1_000 }), {
      description: 'Maximum number of requests in the request log; 0 turns it off',
      valueName: 'COUNT',
    }),
    control: option(TextEnum(['on', 'open', 'off'], { default: 'on' }), {
      description: 'Control plane; on: for this machine or with the token; open: for everyone; off',
      valueName: 'MODE',
    }),
    control_token: Type.Optional(
      option(Type.String({ minLength: 1 }), {
        description: 'Bearer token that the control plane requires',
        valueName: 'TOKEN',
        isSecret: true,
      }),
    ),
    /** Undefined: the control plane shares the port of the emulated API. */
    control_port: Type.Optional(
      option(Type.Integer({ minimum: 0, maximum: MAX_PORT }), {
        description: 'Port for the control plane, apart from the API',
        valueName: 'PORT',
      }),
    ),
    metrics: option(Type.Boolean({ default: false }), {
      description: 'Serve metrics for Prometheus at /metrics, to callers that may use the control plane',
      valueName: 'BOOL',
    }),
    console: option(TextEnum(['on', 'watch', 'off'], { default: 'on' }), {
      description: 'Console, the web page of the control plane; on; watch: it changes nothing; off',
      valueName: 'MODE',
      negation: 'off',
    }),
    ...WORLD_LIMITS,
    log: option(TextEnum(['text', 'json', 'off'], { default: 'text' }), {
      description: 'Log as text or json, or not at all: off',
      valueName: 'FORMAT',
    }),
  },
  CLOSED,
)

type OptionValues = Static<typeof Options>

type UndefinedIfOptional<Name extends keyof OptionValues> =
  Record<never, never> extends Pick<OptionValues, Name> ? undefined : never

/** The values of all options; undefined for an option without a default that was not set. */
export type Options = {
  readonly [Name in keyof OptionValues]-?: Readonly<OptionValues[Name]> | UndefinedIfOptional<Name>
}

/** Each option in milliseconds under its name without the unit, as a duration such as `5m`. */
type DurationOptions = {
  readonly [Name in keyof Options as Name extends `${infer Plain}_ms` ? Plain : never]?: string | undefined
}

/** Options under their other names. */
export interface OtherSpellings extends DurationOptions {
  readonly behavior?: string | undefined
}

export type LogFormat = Options['log']
