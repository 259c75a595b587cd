import type { NotEmulated, UsedBehaviour } from '../evidence/report.ts'

/** Counts the behaviours that shaped responses. */
export interface EvidenceReport {
  /** `request` describes the request for people, without secrets. */
  readonly add: (used: readonly string[], request: () => string) => void
  readonly responseCount: () => number
  readonly list: () => readonly UsedBehaviour[]
  /**
   * Counts a request for an operation that we do not emulate. Returns whether it was the first, in
   * the whole if there is one.
   */
  readonly addNotEmulated: (operation: string, request: () => string) => boolean
  readonly listNotEmulated: () => readonly NotEmulated[]
  /** Sets all counts to zero; returns the number of responses before. */
  readonly clear: () => number
}

/** `whole`: counts everything too. That of a server also has the worlds that were deleted. */
export function createEvidenceReport(whole?: EvidenceReport): EvidenceReport {
  const behaviours = createTally()
  const notEmulated = createTally()
  let responses = 0

  return {
    add: (used, request) => {
      responses += 1
      for (const id of used) behaviours.add(id, request)
      whole?.add(used, request)
    },
    responseCount: () => responses,
    list: () => behaviours.list().map(([behaviour, count]) => ({ behaviour, ...count })),
    addNotEmulated: (operation, request) => {
      const isFirst = notEmulated.add(operation, request) === 1
      return whole ? whole.addNotEmulated(operation, request) : isFirst
    },
    listNotEmulated: () => notEmulated.list().map(([operation, count]) => ({ operation, ...count })),
    clear: () => {
      const before = responses
      behaviours.clear()
      notEmulated.clear()
      responses = 0
      return before
    },
  }
}

/** The number of responses by key, with the first request for each. */
function createTally() {
  const counts = new Map<string, { responses: number; readonly first: string }>()
  return {
    add: (key: string, request: () => string): number => {
      const count = counts.get(key) ?? { responses: 0, first: request() }
      count.responses += 1
      counts.set(key, count)
      return count.responses
    },
    list: () => [...counts],
    clear: () => counts.clear(),
  }
}
