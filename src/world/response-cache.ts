import type { Moment } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Leaning } from '../evidence/attribution.ts'
import type { Store } from '../store/store.ts'

/** The answer to a read, as text, and what it leaned on. */
export interface Answer {
  readonly text: string
  readonly leaning: Leaning | undefined
}

/** What of a store tells whether an answer would be another one. */
interface Changing extends Pick<Store, 'revision'> {
  readonly tunnels: Pick<Store['tunnels'], 'lastLoss'>
}

/** Our choice: so many characters are kept at most, URLs and all. */
const MOST = 1024 * 1024

/**
 * Answers to reads that would be the same again, for whoever polls. All go when anything is written. Where time alone could change
 * one, which is so while a lost connection of its account is tracked, it is not kept; nor is any recalled at a time before it was.
 */
export interface Answers {
  readonly recall: (url: string, now: Timestamp) => Answer | undefined
  /** To be asked before an answer is made. What it gives keeps that one, unless something was written in between. */
  readonly keeper: (url: string, account: string, moment: Moment) => ((answer: Answer) => void) | undefined
}

export function createAnswers({ revision, tunnels }: Changing): Answers {
  const kept = new Map<string, Answer>()
  let size = 0
  let asOf = revision()
  /** The latest moment at which one was kept. */
  let since: Timestamp = ''

  const areValid = (now: Timestamp): boolean => asOf === revision() && since <= now
  const forget = (): void => {
    kept.clear()
    size = 0
    asOf = revision()
  }
  return {
    recall: (url, now) => (areValid(now) ? kept.get(url) : undefined),

    keeper: (url, account, { now, tracked_since }) => {
      const lastLoss = tunnels.lastLoss(account)
      if (lastLoss !== undefined && lastLoss > tracked_since) return undefined

      const before = revision()
      return answer => {
        const added = url.length + answer.text.length
        if (before !== revision() || added > MOST) return
        if (!areValid(now) || size + added > MOST) forget()
        kept.set(url, answer)
        size += added
        since = now
      }
    },
  }
}
