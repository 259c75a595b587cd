import type { FastifyReply, FastifyRequest } from 'fastify'
import { isObject } from '../../schemas/is-object.ts'
import { weakestLabel } from '../evidence/catalogue.ts'
import { usedBehaviours } from '../evidence/usage.ts'
import type { World } from '../world/world.ts'
import { redactedText } from './redaction.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Ids of the behaviours that shaped the response; undefined if a fault sent the response. */
    used_behaviours: readonly string[] | undefined
    /** Behaviours that the handler noted, since the response does not reveal them. */
    noted_behaviours: string[]
  }
}

/** Handlers call this for a behaviour that the response does not reveal. */
export function noteBehaviour({ noted_behaviours }: Pick<FastifyRequest, 'noted_behaviours'>, id: string): void {
  noted_behaviours.push(id)
}

/** Finds the behaviours that shaped a response, from the request and the response. */
export function findUsedBehaviours(
  request: FastifyRequest,
  { statusCode }: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  const { world, query, body, routeOptions, stale_ms, noted_behaviours } = request
  const operation = routeOptions.schema?.operationId
  if (operation !== undefined && statusCode < 300) {
    const exchange = {
      query: isObject(query) ? query : {},
      body: isObject(body) ? body : {},
      items: isObject(payload) ? [payload.result].flat().filter(isObject) : [],
      changes: world.changes,
      checks_ingress: world.check_ingress,
      is_stale: stale_ms > 0,
      has_undeclared:
        hasUndeclared(query, routeOptions.schema?.querystring) || hasUndeclared(body, routeOptions.schema?.body),
    }
    request.used_behaviours = usedBehaviours(world.catalogue, operation, exchange, noted_behaviours)
  }
  done(null, payload)
}

/** Undeclared keys are ignored (inferred: unread_ignored). */
function hasUndeclared(value: unknown, model: unknown): boolean {
  const declared = isObject(model) && isObject(model.properties) ? model.properties : {}
  return isObject(value) && Object.keys(value).some(key => !Object.hasOwn(declared, key))
}

/**
 * Counts the used behaviours for the report; the header names the least certain one. `request`
 * describes the request for people.
 */
export function evidenceHeaders(
  { report, evidence, catalogue }: World,
  used: readonly string[] | undefined,
  request: () => string,
): Record<string, string> {
  if (used === undefined) return {}

  report.add(used, request)
  if (!evidence) return {}
  const label = weakestLabel(catalogue, used)
  return { 'mockflared-evidence': label === 'recorded' ? label : `${label}; ${catalogue.weakestOf(used)}` }
}

/** Describes a request for people, without secrets. */
export function describeRequest({ method, target }: FastifyRequest): string {
  return `${method} ${redactedText(target.path)}`
}
