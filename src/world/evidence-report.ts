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
  readonly saved: () => SavedReport
}

/** The report of a world that is not open. */
export interface SavedReport {
  readonly responses: number
  readonly behaviours: readonly Counted[]
  readonly not_emulated: readonly Counted[]
}

type Counted = readonly [key: string, count: { readonly responses: number; readonly first: string }]

const NOTHING: SavedReport = { responses: 0, behaviours: [], not_emulated: [] }

/** `whole`: counts everything too. That of a server also has the worlds that were deleted. */
export function createEvidenceReport(whole?: EvidenceReport, saved = NOTHING): EvidenceReport {
  const behaviours = createTally(saved.behaviours)
  const notEmulated = createTally(saved.not_emulated)
  let { responses } = saved

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
    saved: () => ({ responses, behaviours: behaviours.list(), not_emulated: notEmulated.list() }),
  }
}

/** The number of responses by key, with the first request for each. */
function createTally(saved: readonly Counted[]) {
  const counts = new Map(saved.map(([key, count]) => [key, { ...count }]))
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
