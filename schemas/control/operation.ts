import type { ModelName } from './models.ts'

export interface Operation {
  /** The path is below `/_mockflared`; a segment that starts with a colon is a parameter. */
  readonly route: readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: `/${string}`]
  /** Groups operations in the OpenAPI document. */
  readonly tag: string
  readonly summary: string
  readonly params?: ModelName
  readonly query?: ModelName
  readonly body?: ModelName
  readonly result: ModelName
}

type Values = Readonly<Record<string, unknown>>

/** The input of an operation, by the place of each key in a request. */
export interface RequestParts {
  readonly params: Values
  readonly query: Values
  readonly body: Values
}

/**
 * The path names its parameters. Of the other keys, GET sends a query and every other method a
 * body.
 */
export function partsOf({ route: [method, path] }: Operation, input: object): RequestParts {
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const isParam = (key: string): boolean => path.split('/').includes(`:${key}`)
  const params = Object.fromEntries(given.filter(([key]) => isParam(key)))
  const rest = Object.fromEntries(given.filter(([key]) => !isParam(key)))
  return method === 'GET' ? { params, query: rest, body: {} } : { params, query: {}, body: rest }
}
