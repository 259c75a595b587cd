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

/** The parts of the URL that hooks and handlers need, parsed once. Ids are in lower case. */
interface RequestTarget {
  /** Without world, base path and query; errors and the request log contain this form. */
  readonly path: string
  readonly account_id?: string | undefined
  readonly tunnel_id?: string | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    world: World
    target: RequestTarget
    /** The time of the request for all its reads and writes; set only for the emulated API. */
    moment: Moment
    /** The caller's remaining quota; undefined if requests are not counted. */
    allowance: Allowance | undefined
  }

  interface FastifyContextConfig {
    /** The permission that the caller needs; absent on routes outside the emulated API. */
    permission?: RequiredPermission
    /** Errors that not every operation returns; the API description lists them. */
    errors?: readonly ErrorDefinition[]
    /** Whether a fault can make this operation read older data. */
    can_lag?: boolean
  }
}

const FAILURES = { '4xx': Failure, '5xx': Failure }

/**
 * The response models of an operation. Success is always 200, also for create and delete
 * (recorded: status_200).
 */
export function responseModels<T extends TSchema>(result: T) {
  return { 200: Envelope(result), ...FAILURES }
}

export function pageResponseModels<T extends TSchema>(item: T) {
  return { 200: PageEnvelope(item), ...FAILURES }
}
