import type { UsedBehaviour } from '../evidence/report.ts'

/** Counts the behaviours that shaped the responses of all worlds, including deleted worlds. */
export interface EvidenceReport {
  /** `request` describes the request for people, without secrets. */
  readonly add: (used: readonly string[], request: () => string) => void
  readonly responseCount: () => number
  readonly list: () => readonly UsedBehaviour[]
  /** Sets all counts to zero; returns the number of responses before. */
  readonly clear: () => number
}

export function createEvidenceReport(): EvidenceReport {
  const counts = new Map<string, { responses: number; readonly first: string }>()
  let responses = 0

  return {
    add: (used, request) => {
      responses += 1
      for (const id of used) {
        const known = counts.get(id)
        if (known) known.responses += 1
        else counts.set(id, { responses: 1, first: request() })
      }
    },
    responseCount: () => responses,
    list: () => [...counts].map(([behaviour, count]) => ({ behaviour, ...count })),
    clear: () => {
      const before = responses
      counts.clear()
      responses = 0
      return before
    },
  }
}
