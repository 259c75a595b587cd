import type { ErrorItem } from '../../schemas/envelope.ts'
import type { Evidence } from '../../schemas/evidence.ts'
import type { DatedChanges } from './dated-changes.ts'

/** An operation as its route declares it. */
export interface DeclaredOperation {
  readonly operation: string
  readonly method: string
  /** Parameters start with a colon. */
  readonly path: string
  /** Keys of the errors that not every operation returns. */
  readonly errors: readonly string[]
  /** Whether a fault can make this operation read older data. */
  readonly can_lag: boolean
  /** Models of the query, of the body and of a successful response. */
  readonly models: { readonly query?: unknown; readonly body?: unknown; readonly response: unknown }
}

export type Fields = Readonly<Record<string, unknown>>

/** A request that succeeded: the data that determines which behaviours shaped the response. */
export interface Exchange {
  /** After validation: with numbers, booleans and defaults. */
  readonly query: Fields
  readonly body: Fields
  /** The result, or the items of a list; empty for a result that is not an object. */
  readonly items: readonly Fields[]
  readonly changes: DatedChanges
  /** Whether configurations must pass cloudflared's own checks. */
  readonly checks_ingress: boolean
  /** Whether a fault made the request read older data. */
  readonly is_stale: boolean
  /** Whether the request had keys that the operation does not declare. */
  readonly has_undeclared: boolean
}

/** A request that failed. */
export interface FailedExchange {
  /** Key of the error. */
  readonly error: string
  /** The part with an invalid value: the query, or the id of a tunnel or connector. */
  readonly invalid: 'query' | 'id' | undefined
  /** Whether credentials must be in the seed. */
  readonly is_strict: boolean
}

/** One rule of the emulated service, and the evidence that the real service follows it. */
export interface Behaviour {
  /** The operations that it applies to. Empty if only the edge applies it, to connectors. */
  readonly operations: readonly string[] | 'every' | ((operation: DeclaredOperation) => boolean)
  readonly statement: string
  readonly evidence: Evidence
  readonly source: string
  /**
   * Whether it shaped a response. Without this, a behaviour `filter_KEY` is used if the query has
   * that key; the handler notes other behaviours, or they always apply and the report omits them.
   */
  readonly usedIn?: (exchange: Exchange) => boolean
  readonly usedInError?: (exchange: FailedExchange) => boolean
  /** True if the handler notes it, since the response does not reveal it. */
  readonly isNoted?: true
  /** Why no response can reveal it; only for an inferred or assumed behaviour. */
  readonly unobservable?: string
}

export type Behaviours = Readonly<Record<string, Behaviour>>

/** An error of the emulated API: a behaviour with an error text. */
export interface ErrorDefinition {
  readonly key: string
  readonly status: number
  readonly evidence: Evidence
  readonly source: string
  /** Whether Cloudflare's gateway sends it, with headers that the tunnel service does not send. */
  readonly is_of_gateway?: boolean
  /** A function, since the text may contain a detail of the request. */
  readonly errors: (detail: string) => readonly [ErrorItem, ...ErrorItem[]]
}

export type ErrorDefinitions = Readonly<Record<string, ErrorDefinition>>

/** For a behaviour that shapes every response of its operations. */
export function always(): boolean {
  return true
}

/** For a behaviour that shapes each item of a result. */
export function hasItems({ items }: Exchange): boolean {
  return items.length > 0
}
