import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { Envelope, Failure, PageEnvelope } from '../../schemas/envelope.ts'
import type { Moment } from '../../schemas/records.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import type { ErrorDefinition } from '../evidence/types.ts'
import type { Allowance } from '../world/rate-limit.ts'
import type { World } from '../world/world.ts'
import type { RequiredPermission } from './credentials.ts'

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What a request is about, read from its URL once. Ids are in lower case. */
interface RequestTarget {
  /** Without world, base path and query, as errors and the request log name it. */
  readonly path: string
  readonly account_id?: string | undefined
  readonly tunnel_id?: string | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    world: World
    target: RequestTarget
    /** The instant by which the request is decided. Only requests to the emulated API have one. */
    moment: Moment
    /** What the caller has left of its quota; undefined where that is not counted. */
    allowance: Allowance | undefined
  }

  interface FastifyContextConfig {
    /** What the caller must be allowed to do; absent on routes that are not of the emulated API. */
    permission?: RequiredPermission
    /** The errors that only some operations answer, for its documentation. */
    errors?: readonly ErrorDefinition[]
    /** Whether a fault can make it read older data. */
    can_lag?: boolean
  }
}

const FAILURES = { '4xx': Failure, '5xx': Failure }

/**
 * The responses of an operation: always 200 when it succeeds, create and delete too
 * (recorded: status_200).
 */
export function answers<T extends TSchema>(result: T) {
  return { 200: Envelope(result), ...FAILURES }
}

export function pages<T extends TSchema>(item: T) {
  return { 200: PageEnvelope(item), ...FAILURES }
}
