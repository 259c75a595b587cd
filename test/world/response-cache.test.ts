import { describe, expect, it } from 'vitest'
import { createAnswers } from '../../src/world/response-cache.ts'

function at(second: number) {
  return {
    now: `2026-01-01T00:00:${second}.000000Z`,
    tracked_since: `2026-01-01T00:00:${second - 5}.000000Z`,
    healthy_connections: 4,
  }
}

function answer(text: string) {
  return { text, leaning: ['tunnel_answer'] }
}

/** Answers on a store of which a test says what was written and when a connection was lost. */
function startAnswers() {
  const facts: { revision: number; lastLoss: string | undefined } = { revision: 1, lastLoss: undefined }
  const tunnels = { lastLoss: () => facts.lastLoss }
  const { recall, keeper } = createAnswers({ revision: () => facts.revision, tunnels })
  const keep = (url: string, text: string, second: number) => keeper(url, 'account', at(second))?.(answer(text))
  return { facts, recall, keeper, keep }
}

describe('an answer', () => {
  it('is recalled with what it leaned on, for its own URL alone', () => {
    const { recall, keep } = startAnswers()
    keep('/a', 'first', 30)
    keep('/b', 'second', 31)

    expect(recall('/a', at(32).now)).toEqual(answer('first'))
    expect(recall('/b', at(32).now)).toEqual(answer('second'))
    expect(recall('/c', at(32).now)).toBeUndefined()
  })

  it('goes when anything is written, and does not come back with what is kept then', () => {
    const { facts, recall, keep } = startAnswers()
    keep('/a', 'first', 30)
    facts.revision++
    expect(recall('/a', at(31).now)).toBeUndefined()

    keep('/b', 'second', 32)
    expect(recall('/a', at(33).now)).toBeUndefined()
    expect(recall('/b', at(33).now)).toEqual(answer('second'))
  })

  it('is not kept when something was written while it was made', () => {
    const { facts, recall, keeper } = startAnswers()
    const keep = keeper('/a', 'account', at(30))
    facts.revision++
    keep?.(answer('first'))

    expect(recall('/a', at(31).now)).toBeUndefined()
  })

  it('is not kept while a lost connection is tracked, and is once that has expired', () => {
    const { facts, recall, keep } = startAnswers()
    facts.lastLoss = at(30).now
    keep('/a', 'first', 34)
    expect(recall('/a', at(34).now)).toBeUndefined()

    keep('/a', 'second', 35)
    expect(recall('/a', at(35).now)).toEqual(answer('second'))
  })

  it('is not recalled at a time before the latest that was kept', () => {
    const { recall, keep } = startAnswers()
    keep('/a', 'first', 30)
    keep('/b', 'second', 40)

    expect(recall('/a', at(39).now)).toBeUndefined()
    expect(recall('/a', at(40).now)).toEqual(answer('first'))
  })

  it('is forgotten with all others when there are too many, and not kept at all when it is too long', () => {
    const { recall, keep } = startAnswers()
    keep('/a', 'x'.repeat(600_000), 30)
    keep('/b', 'x'.repeat(600_000), 31)
    keep('/c', 'x'.repeat(2_000_000), 32)

    expect(['/a', '/b', '/c'].map(url => recall(url, at(33).now) !== undefined)).toEqual([false, true, false])
  })
})
