import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Leaning, leaningOn } from '../evidence/attribution.ts'
import { BEHAVIOURS, weakestOf } from '../evidence/catalogue.ts'
import type { World } from '../world/world.ts'
import { pathOf } from './error-handler.ts'
import { redactedText } from './redaction.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The behaviours that shaped its answer; undefined where none of Cloudflare's did, as under a fault. */
    leaning: Leaning | undefined
  }
}

/** Keeps for the report what an answer leans on, and says it in the answer. `call` is how people are shown the request. */
export function evidenceHeaders(
  { leanings, evidence }: World,
  leaning: Leaning | undefined,
  call: () => string,
): Record<string, string> {
  if (leaning === undefined) return {}

  leanings.add(leaning, call)
  return evidence ? { 'mockflared-evidence': inWords(leaning) } : {}
}

const words = new WeakMap<Leaning, string>()

function inWords(leaning: Leaning): string {
  const known = words.get(leaning)
  if (known !== undefined) return known

  const found = wordsOf(leaning)
  words.set(leaning, found)
  return found
}

/** What is less sure than recorded is named. */
function wordsOf(leaning: Leaning): string {
  const id = weakestOf(leaning) ?? ''
  const { evidence } = BEHAVIOURS.get(id) ?? { evidence: 'recorded' }
  return evidence === 'recorded' ? evidence : `${evidence}; ${id}`
}

/** What the handler or the refusal said, and (inferred: unread_ignored) that something was sent which nothing read. */
export function leaningOf(
  { leaning, query, body, route: { schema } }: FastifyRequest,
  { statusCode }: FastifyReply,
): Leaning | undefined {
  if (leaning === undefined || statusCode !== 200) return leaning

  const isIgnored = hasUnread(query, schema?.querystring) || hasUnread(body, schema?.body)
  return isIgnored ? leaningOn([...leaning, 'unread_ignored']) : leaning
}

function hasUnread(value: unknown, model: unknown): boolean {
  const declared = isObject(model) && isObject(model.properties) ? model.properties : {}
  return isObject(value) && Object.keys(value).some(key => !Object.hasOwn(declared, key))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

export function callOf(request: FastifyRequest): string {
  return `${request.method} ${redactedText(pathOf(request))}`
}
