/** Random requests to the emulated API, most of them almost valid. */
import fc from 'fast-check'
import { CleanUpQuery } from '../../../schemas/client.ts'
import { ConfigurationUpdate } from '../../../schemas/configuration.ts'
import { ManagementTokenCreate } from '../../../schemas/token.ts'
import { TunnelCreate, TunnelDeleteQuery, TunnelListQuery, TunnelUpdate } from '../../../schemas/tunnel.ts'
import type { TSchema } from '../../../schemas/typebox.ts'
import { ACCOUNT, UNKNOWN_ID } from '../emulator.ts'
import { nearly } from './random-values.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface RandomRequest {
  readonly method: Method
  /** TUNNEL and CONNECTOR are replaced by ids of the world. */
  readonly path: string
  readonly query: string
  readonly body: string | Buffer | undefined
}

const OPERATIONS: readonly [Method, path: string, query?: TSchema | undefined, body?: TSchema][] = [
  ['GET', '', TunnelListQuery],
  ['POST', '', undefined, TunnelCreate],
  ['GET', '/TUNNEL'],
  ['PATCH', '/TUNNEL', undefined, TunnelUpdate],
  ['DELETE', '/TUNNEL', TunnelDeleteQuery],
  ['GET', '/TUNNEL/configurations'],
  ['PUT', '/TUNNEL/configurations', undefined, ConfigurationUpdate],
  ['GET', '/TUNNEL/connections'],
  ['DELETE', '/TUNNEL/connections', CleanUpQuery],
  ['GET', '/TUNNEL/connectors/CONNECTOR'],
  ['GET', '/TUNNEL/token'],
  ['POST', '/TUNNEL/management', undefined, ManagementTokenCreate],
  ['POST', '/TUNNEL/management/logs'],
]

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`

/** Valid JSON, damaged JSON, or other bytes. */
function bodyFor(schema: TSchema): fc.Arbitrary<string | Buffer> {
  return fc.oneof(
    { weight: 6, arbitrary: nearly(schema).map(value => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.uint8Array().map(bytes => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc.tuple(nearly(schema), fc.nat(40), fc.string({ maxLength: 3 })).map(([value, at, text]) => {
        const json = JSON.stringify(value) ?? ''
        return json.slice(0, at) + text + json.slice(at + 1)
      }),
    },
  )
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Formats any value, usually an object, as a URL query. */
export function asQuery(value: unknown): string {
  return Object.entries(value ?? {})
    .map(pair => pair.map(part => encodeURIComponent(textOf(part).toWellFormed())).join('='))
    .join('&')
}

function queryFor(schema: TSchema): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: nearly(schema).map(asQuery) },
    { weight: 1, arbitrary: fc.webQueryParameters() },
    { weight: 1, arbitrary: fc.stringMatching(/^[\x21-\x22\x24-\x7e]*$/) },
  )
}

const toKnownPaths = fc.constantFrom(...OPERATIONS).chain(([method, path, query, body]) =>
  fc.record({
    method: fc.constant(method),
    path: fc.constant(TUNNELS + path),
    query: query ? queryFor(query) : fc.constant(''),
    body: body ? bodyFor(body) : fc.constant(undefined),
  }),
)

const segment = fc.oneof(
  fc.constantFrom('TUNNEL', UNKNOWN_ID, 'configurations', 'connections', 'connectors', 'token', 'management', '..', ''),
  fc.webSegment(),
)

const toRandomPaths = fc.record({
  method: fc.constantFrom<Method>('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  path: fc.oneof(
    fc.array(segment, { maxLength: 4 }).map(parts => [TUNNELS, ...parts].join('/')),
    fc.webPath().map(path => `/${path}`),
  ),
  query: fc.webQueryParameters(),
  body: fc.option(fc.json(), { nil: undefined }),
})

export const randomRequests: fc.Arbitrary<readonly RandomRequest[]> = fc.array(
  fc.oneof({ weight: 5, arbitrary: toKnownPaths }, { weight: 1, arbitrary: toRandomPaths }),
  { maxLength: 12, size: 'max' },
)
