import type { Leaning } from '../evidence/attribution.ts'
import type { Leant } from '../evidence/report.ts'

export type Leanings = ReturnType<typeof createLeanings>

/** What the answers of all worlds together leaned on, whichever worlds come and go meanwhile. */
export function createLeanings() {
  const leant = new Map<string, { answers: number; readonly first: string }>()
  let answers = 0
  /** Who polls leans on the very same again and again: that is counted when somebody looks, or something else comes. */
  let last: Leaning = []
  let repeats = 0

  const settle = (): void => {
    for (const id of last) {
      const known = leant.get(id)
      if (known) known.answers += repeats
    }
    repeats = 0
  }

  return {
    /** `call` is how people are shown the request, without secrets. */
    add: (leaning: Leaning, call: () => string): void => {
      answers++
      if (leaning === last) {
        repeats++
        return
      }
      settle()
      last = leaning
      for (const id of leaning) {
        const known = leant.get(id)
        if (known) known.answers++
        else leant.set(id, { answers: 1, first: call() })
      }
    },

    /** How many answers there were. */
    answers: (): number => answers,

    list: (): readonly Leant[] => {
      settle()
      return [...leant].map(([behaviour, one]) => ({ behaviour, ...one }))
    },

    /** Forgets all of it; how many answers there were. */
    clear: (): number => {
      const before = answers
      leant.clear()
      answers = 0
      last = []
      repeats = 0
      return before
    },
  }
}
