/**
 * Finds the behaviours that shaped a response. Omits behaviours of every response, such as the
 * envelope, and those that no response can reveal.
 */
import type { Catalogue, CataloguedBehaviour } from './catalogue.ts'
import type { Exchange, FailedExchange } from './types.ts'

/**
 * The behaviours used by a success, including those that the handler `noted`, in catalogue order.
 */
export function usedBehaviours(
  { behavioursOf }: Catalogue,
  operation: string,
  exchange: Exchange,
  noted: readonly string[],
): readonly string[] {
  return behavioursOf(operation)
    .filter(([id, behaviour]) => noted.includes(id) || isUsed(id, behaviour, exchange))
    .map(([id]) => id)
}

/** The error itself, then the behaviours that led to it in this request. */
export function usedByError(
  { behaviours, behavioursOf }: Catalogue,
  operation: string | undefined,
  failed: FailedExchange,
): readonly string[] {
  const candidates =
    operation === undefined
      ? [...behaviours].filter(([, { operations }]) => operations === 'every')
      : behavioursOf(operation)
  return [failed.error, ...candidates.flatMap(([id, { usedInError }]) => (usedInError?.(failed) ? [id] : []))]
}

const FILTER = 'filter_'

function isUsed(id: string, { usedIn }: CataloguedBehaviour, exchange: Exchange): boolean {
  if (usedIn) return usedIn(exchange)
  return id.startsWith(FILTER) && exchange.query[id.slice(FILTER.length)] !== undefined
}
