import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import { Envelope, Failure, PageEnvelope } from '../../schemas/envelope.ts'
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

declare module 'fastify' {
  interface FastifyRequest {
    world: World
    /** Its `routeOptions`, which Fastify puts together anew each time that it is asked for them. */
    route: FastifyRequest['routeOptions']
    /** What is left to the caller of its quota; undefined where that is not counted. */
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

/** The answers of an operation: always 200 when it succeeds, create and delete too (recorded: status_200). */
export function answers<T extends TSchema>(result: T) {
  return { 200: Envelope(result), ...FAILURES }
}

export function pages<T extends TSchema>(item: T) {
  return { 200: PageEnvelope(item), ...FAILURES }
}
