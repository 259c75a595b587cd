import type { State } from '../../schemas/state.ts'
import { AUTH_MODES, type AuthMode } from '../gateway/credentials.ts'
import { PENDING_RECONNECT_MS } from '../resources/connections/rules.ts'
import { SECRET_MIN_BYTES } from '../resources/tunnels/rules.ts'
import { JOURNAL_SIZE } from '../world/journal/journal.ts'
import { behaviourDate, instant, integer, oneOf, seeds, text, type Value, webAddress, yesOrNo } from './parsers.ts'
import { BUNDLED_SEEDS } from './seed-files.ts'

const LOG_FORMATS = ['text', 'json', 'off'] as const

export type LogFormat = (typeof LOG_FORMATS)[number]

const CONTROL_MODES = ['on', 'open', 'off'] as const

/** `on`: callers on this machine, or with the token. `open`: everybody. `off`: there is none. */
type ControlMode = (typeof CONTROL_MODES)[number]

/** Where the control plane is, and who may drive it. */
export interface ControlSettings {
  readonly host: string
  readonly control: ControlMode
  readonly control_token: string | undefined
  /** A port of its own; undefined: beside the emulated plane. */
  readonly control_port: number | undefined
  /** Where others reach the emulated plane; undefined: where a request says that it did. */
  readonly public_url: string | undefined
}

/** How an emulator is set up. Data is spelled as in the flags, with underscores. */
export interface Options extends ControlSettings {
  /** 0 takes any free port. */
  readonly port: number
  /** A file, or `:memory:`. */
  readonly db: string
  /** Names of bundled seeds, files, folders of files, or states. */
  readonly seed: readonly (string | State)[]
  readonly auth: AuthMode
  readonly behaviour: string
  readonly secret_min_bytes: number
  readonly pending_reconnect_ms: number
  readonly check_ingress: boolean
  readonly check_responses: boolean
  readonly evidence: boolean
  readonly inject_faults: boolean
  /** RFC 3339: where the clock stands still from the start. */
  readonly clock: string | undefined
  readonly random_seed: number | undefined
  readonly rate_limit: boolean
  readonly journal_size: number
  readonly max_worlds: number
  readonly world_idle_ms: number
  readonly log: LogFormat
}

interface OptionRow<T> {
  /** What stands behind the flag in the help. */
  readonly value: string
  readonly default: T
  readonly help: string
  /** What a flag, a variable or a configuration file holds, as a value; throws an Error that says what was expected. */
  readonly read: (given: readonly Value[]) => T
  /** May be given several times. */
  readonly repeatable?: true
  /** Never shown. */
  readonly secret?: true
  /** Whether a text is a path, which in a configuration file starts where that file is. */
  readonly isPath?: (text: string) => boolean
}

/** THE table of options: flags, environment, configuration file, defaults, help and README follow from it. */
export const OPTIONS: { readonly [K in keyof Options]: OptionRow<Options[K]> } = {
  host: { value: 'HOST', default: '127.0.0.1', help: 'Address to listen on', read: text },
  port: { value: 'PORT', default: 8844, help: 'Port to listen on; 0 takes any free one', read: integer(0, 65_535) },
  public_url: {
    value: 'URL',
    default: undefined,
    help: 'Address under which others reach it, such as https://mockflared.example.com',
    read: webAddress,
  },
  db: {
    value: 'FILE',
    default: ':memory:',
    help: 'SQLite file that keeps the data',
    read: text,
    isPath: file => file !== ':memory:',
  },
  seed: {
    value: 'SEED',
    default: [],
    help: `State to start from: ${BUNDLED_SEEDS.join(', ')}, a file, or a folder of files; repeatable`,
    read: seeds,
    repeatable: true,
    isPath: seed => !BUNDLED_SEEDS.some(name => name === seed),
  },
  auth: {
    value: 'MODE',
    default: 'open',
    help: 'open: any credential; strict: those of the seed; off: none needed',
    read: oneOf(AUTH_MODES),
  },
  behaviour: {
    value: 'DATE',
    default: 'latest',
    help: 'Behave as Cloudflare did on a day, such as 2025-11-30',
    read: behaviourDate,
  },
  secret_min_bytes: {
    value: 'BYTES',
    default: SECRET_MIN_BYTES,
    help: 'Fewest bytes of a tunnel secret',
    read: integer(0, 1_024),
  },
  pending_reconnect_ms: {
    value: 'MS',
    default: PENDING_RECONNECT_MS,
    help: 'How long a lost connection waits for its connector',
    read: integer(0, 86_400_000),
  },
  check_ingress: {
    value: 'BOOL',
    default: true,
    help: 'Refuse configurations that cloudflared would: true, false',
    read: yesOrNo,
  },
  check_responses: {
    value: 'BOOL',
    default: true,
    help: 'Answer 500 rather than break a response model: true, false',
    read: yesOrNo,
  },
  evidence: {
    value: 'BOOL',
    default: true,
    help: 'Tell in each answer how it is known, as mockflared-evidence: true, false',
    read: yesOrNo,
  },
  inject_faults: {
    value: 'BOOL',
    default: true,
    help: 'Let calls go wrong when told to: true, false',
    read: yesOrNo,
  },
  clock: {
    value: 'TIME',
    default: undefined,
    help: 'Stand still at this instant until moved, such as 2026-01-01T00:00:00Z',
    read: instant,
  },
  random_seed: {
    value: 'NUMBER',
    default: undefined,
    help: 'Make ids, secrets and rays repeatable',
    read: integer(0, Number.MAX_SAFE_INTEGER),
  },
  rate_limit: { value: 'BOOL', default: false, help: "Hold callers to Cloudflare's quota: true, false", read: yesOrNo },
  journal_size: {
    value: 'COUNT',
    default: JOURNAL_SIZE,
    help: 'Requests that the journal keeps; 0 turns it off',
    read: integer(0, 1_000_000),
  },
  control: {
    value: 'MODE',
    default: 'on',
    help: 'Control plane: on: for this machine or with the token; open: for everybody; off',
    read: oneOf(CONTROL_MODES),
  },
  control_token: {
    value: 'TOKEN',
    default: undefined,
    help: 'What callers of the control plane must show',
    read: text,
    secret: true,
  },
  control_port: {
    value: 'PORT',
    default: undefined,
    help: 'Serve the control plane alone on this port',
    read: integer(0, 65_535),
  },
  max_worlds: { value: 'COUNT', default: 100, help: 'Worlds at once beside the main one', read: integer(0, 10_000) },
  world_idle_ms: {
    value: 'MS',
    default: 30 * 60 * 1_000,
    help: 'A world that nobody asked for this long is dropped',
    read: integer(1, Number.MAX_SAFE_INTEGER),
  },
  log: { value: 'FORMAT', default: 'text', help: 'Log requests as text or json, or off', read: oneOf(LOG_FORMATS) },
}

export type OptionName = keyof Options

export const OPTION_NAMES = Object.keys(OPTIONS).filter((name): name is OptionName => Object.hasOwn(OPTIONS, name))

/** Values by option. Each comes from the row of its own name, which the compiler cannot follow. */
function collect<T extends Partial<Options>>(valueFor: (name: OptionName) => unknown): T {
  return Object.fromEntries(
    OPTION_NAMES.map(name => [name, valueFor(name)]).filter(([, value]) => value !== undefined),
  ) as T
}

export const DEFAULTS: Options = collect(name => OPTIONS[name].default)

/** What an option was given, and where: `--port 8844` or `MOCKFLARED_PORT=8844`. */
export interface Given {
  readonly texts: readonly Value[]
  readonly where: string
}

/** The options that something was given for. Throws an Error that says where it stands and what was expected. */
export function readOptions(givenFor: (name: OptionName) => Given | undefined): Partial<Options> {
  return collect(name => {
    const given = givenFor(name)
    try {
      return given && OPTIONS[name].read(given.texts)
    } catch (error) {
      throw new Error(`${given?.where}: ${error instanceof Error ? error.message : error}`)
    }
  })
}

/** Of `secret_min_bytes`: `secret-min-bytes`. */
export function flagOf(name: OptionName): string {
  return name.replaceAll('_', '-')
}

/** Of `secret_min_bytes`: `MOCKFLARED_SECRET_MIN_BYTES`. */
export function variableOf(name: OptionName): string {
  return `MOCKFLARED_${name.toUpperCase()}`
}
