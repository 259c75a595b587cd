/**
 * The catalogue of behaviours of the real service, with the evidence for each. Each resource has
 * its own entries. Comments at the rules name the ids, tests have them as tags, and responses name
 * them in a header. An error is also a behaviour; `errors.ts` has its text.
 */
import { type Evidence, LABELS } from '../../schemas/evidence.ts'
import type { Behaviour, Behaviours, DeclaredOperation, ErrorDefinitions } from './types.ts'

/** An error has no `operations`: routes declare the errors that they return. */
export type CataloguedBehaviour = Omit<Behaviour, 'operations'> & Partial<Pick<Behaviour, 'operations'>>

export interface CatalogueSource {
  readonly evidence: Behaviours
  readonly errors: ErrorDefinitions
}

export interface Catalogue {
  readonly behaviours: ReadonlyMap<string, CataloguedBehaviour>
  readonly operations: readonly DeclaredOperation[]
  /** The behaviours of an operation, those of every operation last. */
  readonly behavioursOf: (operation: string) => readonly (readonly [string, CataloguedBehaviour])[]
  /** The id with the least certain label, the first of equals; undefined for an empty list. */
  readonly weakestOf: (ids: readonly string[]) => string | undefined
}

/** Routes may still add to `operations` after this call. */
export function createCatalogue(
  sources: readonly CatalogueSource[],
  operations: readonly DeclaredOperation[] = [],
): Catalogue {
  const behaviours = new Map<string, CataloguedBehaviour>([
    ...sources.flatMap(({ evidence }) => Object.entries(evidence)),
    ...sources
      .flatMap(({ errors }) => Object.values(errors))
      .map(error => [error.key, behaviourOfError(error)] as const),
  ])
  const byOperation = new Map<string, readonly (readonly [string, CataloguedBehaviour])[]>()

  return {
    behaviours,
    operations,
    behavioursOf: name => {
      const known = byOperation.get(name)
      if (known) return known

      const operation = operations.find(declared => declared.operation === name)
      const found = [...behaviours].filter(([, behaviour]) => appliesTo(behaviour, name, operation))
      byOperation.set(name, found)
      return found
    },
    weakestOf: ids => {
      const weaknesses = ids.map(id => weaknessOf(behaviours.get(id)?.evidence))
      const weakest = Math.max(-1, ...weaknesses)
      return weakest < 0 ? undefined : ids[weaknesses.indexOf(weakest)]
    },
  }
}

/** Greater for a less certain label; -1 without a label. */
export function weaknessOf(evidence: Evidence | undefined): number {
  return evidence === undefined ? -1 : LABELS.indexOf(evidence)
}

/** The least certain label; `recorded` for behaviours that are all certain, or none. */
export function weakestLabel({ behaviours, weakestOf }: Catalogue, ids: readonly string[]): Evidence {
  return behaviours.get(weakestOf(ids) ?? '')?.evidence ?? 'recorded'
}

function behaviourOfError({ status, evidence, source, errors }: ErrorDefinitions[string]): CataloguedBehaviour {
  const texts = errors('…').map(({ code, message }) => `${code} "${message.trim()}"`)
  return { statement: `${status}: ${texts.join(' and ')}`, evidence, source }
}

export function appliesTo(
  { operations = [] }: CataloguedBehaviour,
  name: string,
  operation: DeclaredOperation | undefined,
): boolean {
  if (operations === 'every') return true
  if (typeof operations === 'function') return operation !== undefined && operations(operation)
  return operations.includes(name)
}
