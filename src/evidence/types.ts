import type { ErrorItem } from '../../schemas/envelope.ts'
import type { Evidence } from '../../schemas/evidence.ts'
import type { DatedChanges } from './dated-changes.ts'

/** An operation as its route declares it. */
export interface DeclaredOperation {
  readonly operation: string
  readonly method: string
  /** Parameters start with a colon. */
  readonly path: string
  /** Keys of the errors that only some operations answer. */
  readonly errors: readonly string[]
  /** Whether a fault can make it read older data. */
  readonly can_lag: boolean
  /** Models of the query, of the body and of a successful response. */
  readonly models: { readonly query?: unknown; readonly body?: unknown; readonly response: unknown }
}

export type Fields = Readonly<Record<string, unknown>>

/** A request that succeeded, as far as it shows which behaviours shaped the response. */
export interface Exchange {
  /** As the operation reads it: numbers, booleans and defaults in place. */
  readonly query: Fields
  readonly body: Fields
  /** The result, or the items of a list; empty for a result that is not an object. */
  readonly items: readonly Fields[]
  readonly changes: DatedChanges
  /** Whether configurations must pass cloudflared's own checks. */
  readonly checks_ingress: boolean
  /** Whether a fault made it read older data. */
  readonly is_stale: boolean
  /** Whether something was sent that the operation does not declare. */
  readonly has_undeclared: boolean
}

/** A request that was refused. */
export interface FailedExchange {
  /** Key of the error. */
  readonly error: string
  /** Where a value did not fit its model: in the query, or in the id of a tunnel or a connector. */
  readonly invalid: 'query' | 'id' | undefined
  /** Whether credentials are compared with those of a seed. */
  readonly is_strict: boolean
}

/** Something that the emulated service does, and how we know that the real one does it. */
export interface Behaviour {
  /** Where it shows. Empty: only a connector meets it, at the edge. */
  readonly operations: readonly string[] | 'every' | ((operation: DeclaredOperation) => boolean)
  readonly statement: string
  readonly evidence: Evidence
  readonly source: string
  /**
   * Whether it shaped a response. A behaviour named `filter_KEY` without this is used when the query
   * has that key. Others without this are noted by the handler, or always true and never reported.
   */
  readonly usedIn?: (exchange: Exchange) => boolean
  readonly usedInError?: (exchange: FailedExchange) => boolean
  /** True where the handler notes it, since no response shows it. */
  readonly isNoted?: true
  /** Why no response can show it; only for an inferred or assumed behaviour. */
  readonly unobservable?: string
}

export type Behaviours = Readonly<Record<string, Behaviour>>

/** An error of the emulated API: a behaviour like any other, with its text. */
export interface ErrorDefinition {
  readonly key: string
  readonly status: number
  readonly evidence: Evidence
  readonly source: string
  /** The text may depend on what was sent, so each is a function of one detail. */
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
