import type { State } from '../schemas/state.ts'
import { behaviourOf } from './domain/behaviour.ts'
import { PENDING_RECONNECT_MS } from './domain/connections.ts'
import { AUTH_MODES, type AuthMode } from './domain/credentials.ts'
import { SECRET_MIN_BYTES } from './domain/tunnels.ts'
import { BUNDLED_SEEDS } from './seeds.ts'

const LOG_FORMATS = ['text', 'json', 'off'] as const

export type LogFormat = (typeof LOG_FORMATS)[number]

/** How an emulator is set up. Data is spelled as in the flags, with underscores. */
export interface Options {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** A file, or `:memory:`. */
  readonly db: string
  /** Names of bundled seeds, paths, or states. */
  readonly seed: readonly (string | State)[]
  readonly auth: AuthMode
  readonly behaviour: string
  readonly secret_min_bytes: number
  readonly pending_reconnect_ms: number
  readonly check_ingress: boolean
  readonly check_responses: boolean
  readonly log: LogFormat
}

interface OptionRow<T> {
  /** What stands behind the flag in the help. */
  readonly value: string
  readonly default: T
  readonly help: string
  /** A flag or variable as a value; throws an Error that says what was expected. */
  readonly read: (texts: readonly string[]) => T
}

const last = (texts: readonly string[]): string => texts.at(-1) ?? ''

const text = (texts: readonly string[]): string => {
  if (last(texts) === '') throw new Error('must not be empty')
  return last(texts)
}

const integer =
  (least: number, most: number) =>
  (texts: readonly string[]): number => {
    const value = Number(last(texts))
    if (!/^\d+$/.test(last(texts)) || value < least || value > most) {
      throw new Error(`expected a whole number from ${least} to ${most}`)
    }
    return value
  }

const oneOf =
  <T extends string>(values: readonly T[]) =>
  (texts: readonly string[]): T => {
    const value = values.find(known => known === last(texts))
    if (value === undefined) throw new Error(`expected one of ${values.join(', ')}`)
    return value
  }

const yesOrNo = (texts: readonly string[]): boolean => oneOf(['true', 'false'])(texts) === 'true'

/** THE table of options: flags, environment, defaults, help and README follow from it. */
export const OPTIONS: { readonly [K in keyof Options]: OptionRow<Options[K]> } = {
  host: { value: 'HOST', default: '127.0.0.1', help: 'Address to listen on', read: text },
  port: { value: 'PORT', default: 8844, help: 'Port to listen on; 0 takes any free one', read: integer(0, 65_535) },
  db: { value: 'FILE', default: ':memory:', help: 'SQLite file that keeps the data', read: text },
  seed: {
    value: 'SEED',
    default: [],
    help: `State to start from: ${BUNDLED_SEEDS.join(', ')} or a file; repeatable`,
    read: texts => texts.filter(one => one !== ''),
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
    read: texts => {
      behaviourOf(last(texts))
      return last(texts)
    },
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
  log: { value: 'FORMAT', default: 'text', help: 'Log requests as text or json, or off', read: oneOf(LOG_FORMATS) },
}

export type OptionName = keyof Options

export const OPTION_NAMES = Object.keys(OPTIONS).filter((name): name is OptionName => Object.hasOwn(OPTIONS, name))

/** Values by option. Each comes from the row of its own name, which the compiler cannot follow. */
const collect = <T extends Partial<Options>>(valueFor: (name: OptionName) => unknown): T =>
  Object.fromEntries(OPTION_NAMES.map(name => [name, valueFor(name)]).filter(([, value]) => value !== undefined)) as T

export const DEFAULTS: Options = collect(name => OPTIONS[name].default)

/** What an option was given as text, and where: `--port 8844` or `MOCKFLARED_PORT=8844`. */
export interface Given {
  readonly texts: readonly string[]
  readonly where: string
}

/** The options that some text was given for. Throws an Error that says where it stands and what was expected. */
export const readOptions = (givenFor: (name: OptionName) => Given | undefined): Partial<Options> =>
  collect(name => {
    const given = givenFor(name)
    try {
      return given && OPTIONS[name].read(given.texts)
    } catch (error) {
      throw new Error(`${given?.where}: ${error instanceof Error ? error.message : error}`)
    }
  })

/** Of `secret_min_bytes`: `secret-min-bytes`. */
export const flagOf = (name: OptionName): string => name.replaceAll('_', '-')

/** Of `secret_min_bytes`: `MOCKFLARED_SECRET_MIN_BYTES`. */
export const variableOf = (name: OptionName): string => `MOCKFLARED_${name.toUpperCase()}`
