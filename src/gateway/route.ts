import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import {
  ENVELOPES,
  Envelope,
  type EnvelopeOrder,
  EnvelopeWithMessage,
  failureIn,
  PagedEnvelope,
  PageEnvelope,
} from '../../schemas/envelope.ts'
import type { Moment } from '../../schemas/records.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import type { ChangeName } from '../evidence/dated-changes.ts'
import type { ErrorDefinition } from '../evidence/types.ts'
import type { Allowance } from '../world/rate-limit.ts'
import type { World } from '../world/world.ts'
import type { RequiredPermission } from './credentials.ts'
import type { RequestTarget } from './target.ts'

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
    /** The error for a body that is not JSON or not of its model, if it is not the usual one. */
    invalid_body?: ErrorDefinition
    /** Whether its responses have the headers that the gateway adds to its own. */
    has_gateway_headers?: boolean
    /** The dated change since which the operation no longer exists. */
    removed_by?: ChangeName
    /** Whether a fault can make this operation read older data. */
    can_lag?: boolean
  }
}

/**
 * The response models of an operation for tunnels. Success is always 200, also for create and
 * delete (recorded: status_200).
 */
export function responseModels<T extends TSchema>(result: T) {
  return { 200: Envelope(result), ...failureModels(ENVELOPES.tunnels) }
}

export function pageResponseModels<T extends TSchema>(item: T) {
  return { 200: PageEnvelope(item), ...failureModels(ENVELOPES.tunnels) }
}

/** The response models of other families of operations. */
export function familyModels(order: EnvelopeOrder) {
  const failures = failureModels(order)
  return {
    ok: <T extends TSchema>(result: T) => ({ 200: Envelope(result, order), ...failures }),
    created: <T extends TSchema>(result: T) => ({ 201: Envelope(result, order), ...failures }),
    accepted: <T extends TSchema>(result: T) => ({ 202: Envelope(result, order), ...failures }),
    page: <T extends TSchema>(item: T) => ({ 200: PagedEnvelope(item, order), ...failures }),
    withMessage: <T extends TSchema>(result: T) => ({ 200: EnvelopeWithMessage(result, order), ...failures }),
  }
}

function failureModels(order: EnvelopeOrder) {
  const failure = failureIn(order)
  return { '4xx': failure, '5xx': failure }
}
