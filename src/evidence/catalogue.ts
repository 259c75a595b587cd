/**
 * How we know what the real service does: one catalogue of behaviours, by id. The code that a behaviour is about names its id
 * in a comment, the tests that show it carry the id as a tag, and an answer that it shaped may say so. A refusal is a
 * behaviour like any other; its text stands in `errors.ts`.
 */
import { type Evidence, LABELS } from '../../schemas/evidence.ts'
import { CATALOGUE, type ErrorKey } from '../gateway/errors.ts'
import { GATEWAY } from '../gateway/evidence.ts'
import { CONFIGURATIONS } from '../resources/configurations/evidence.ts'
import { CONNECTIONS } from '../resources/connections/evidence.ts'
import { ARGO_TUNNELS } from '../resources/legacy-tunnels/evidence.ts'
import { TOKENS } from '../resources/tokens/evidence.ts'
import { TUNNELS } from '../resources/tunnels/evidence.ts'
import { LISTS } from '../resources/tunnels/list-evidence.ts'
import type { KnownBehaviour } from './types.ts'

const DESCRIBED = { ...LISTS, ...TUNNELS, ...CONFIGURATIONS, ...CONNECTIONS, ...TOKENS, ...GATEWAY, ...ARGO_TUNNELS }

export type BehaviourId = keyof typeof DESCRIBED | ErrorKey

const refusals = Object.entries(CATALOGUE).map(([id, { status, evidence, source, errors }]) => {
  const texts = errors('…').map(({ code, message }) => `${code} "${message.trim()}"`)
  return [id, { statement: `${status}: ${texts.join(' and ')}`, evidence, source }] as const
})

/** Of a refusal the operations are known where the routes are. */
export type CataloguedBehaviour = Omit<KnownBehaviour, 'operations'> & Partial<Pick<KnownBehaviour, 'operations'>>

export const BEHAVIOURS: ReadonlyMap<string, CataloguedBehaviour> = new Map<string, CataloguedBehaviour>([
  ...Object.entries(DESCRIBED),
  ...refusals,
])

export function isBehaviourId(text: string): text is BehaviourId {
  return BEHAVIOURS.has(text)
}

/** Greater for what is less sure. */
export function weaknessOf(evidence: Evidence): number {
  return LABELS.indexOf(evidence)
}

const WEAKNESS = new Map([...BEHAVIOURS].map(([id, { evidence }]) => [id, weaknessOf(evidence)]))

/** Of several behaviours the least sure; of two alike the first. Undefined for none. */
export function weakestOf(ids: readonly string[]): string | undefined {
  let weakest: string | undefined
  let weakness = -1
  for (const id of ids) {
    const its = WEAKNESS.get(id) ?? -1
    if (its > weakness) [weakest, weakness] = [id, its]
  }
  return weakest
}
