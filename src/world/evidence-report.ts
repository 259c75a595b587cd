import type { UsedBehaviour } from '../evidence/report.ts'

/**
 * Counts which behaviours the responses of all worlds used, whichever worlds come and go meanwhile.
 */
export interface EvidenceReport {
  /** `request` describes the request for people, without secrets. */
  readonly add: (used: readonly string[], request: () => string) => void
  /** How many responses there were. */
  readonly answers: () => number
  readonly list: () => readonly UsedBehaviour[]
  /** Forgets everything; returns how many responses there were. */
  readonly clear: () => number
}

export function createEvidenceReport(): EvidenceReport {
  const counts = new Map<string, { answers: number; readonly first: string }>()
  let answers = 0

  return {
    add: (used, request) => {
      answers += 1
      for (const id of used) {
        const known = counts.get(id)
        if (known) known.answers += 1
        else counts.set(id, { answers: 1, first: request() })
      }
    },
    answers: () => answers,
    list: () => [...counts].map(([behaviour, count]) => ({ behaviour, ...count })),
    clear: () => {
      const before = answers
      counts.clear()
      answers = 0
      return before
    },
  }
}
