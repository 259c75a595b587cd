import { isObject } from '../is-object.ts'
import type { ModelName } from './models.ts'

export interface Operation {
  /** The path is below `/_mockflared`; a segment that starts with a colon is a parameter. */
  readonly route: readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: `/${string}`]
  /** Groups operations in the OpenAPI document. */
  readonly tag: string
  readonly summary: string
  readonly params?: ModelName
  readonly query?: ModelName
  /** An operation without a model takes no body, or an empty object. */
  readonly body?: ModelName
  /**
   * An operation that destroys data does not take a missing body for `{}`. With 'over HTTP', its
   * function may still be called without an argument.
   */
  readonly requires_body?: 'over HTTP' | 'always'
  /** Whether it only reads, though it is no GET: its input is a body. */
  readonly only_reads?: boolean
  /** Maximum size of the body. Default: 1 MiB. */
  readonly max_body_mib?: number
  readonly result: ModelName
  /** The content type of a result that is a text. Default: JSON. */
  readonly result_type?: string
}

/** Whether a world is the same after this operation. */
export function changesNothing({ route: [method], only_reads = false }: Operation): boolean {
  return method === 'GET' || only_reads
}

/** The input of a function that is called without an argument. */
export function defaultInputOf({ requires_body }: Operation): object | undefined {
  return requires_body === 'always' ? undefined : {}
}

type Values = Readonly<Record<string, unknown>>

/** The input of an operation, by the place of each key in a request. */
export interface RequestParts {
  readonly params: Values
  readonly query: Values
  /** Undefined or no object if a caller without types passes that. */
  readonly body: unknown
}

/**
 * The path names its parameters. Of the other keys, GET sends a query and every other method a
 * body.
 */
export function partsOf({ route: [method, path] }: Operation, input: unknown): RequestParts {
  if (!isObject(input)) return { params: {}, query: {}, body: input }

  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const isParam = (key: string): boolean => path.split('/').includes(`:${key}`)
  const params = Object.fromEntries(given.filter(([key]) => isParam(key)))
  const rest = Object.fromEntries(given.filter(([key]) => !isParam(key)))
  return method === 'GET' ? { params, query: rest, body: undefined } : { params, query: {}, body: rest }
}
