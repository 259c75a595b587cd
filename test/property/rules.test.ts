/** Random operations on random worlds: the emulator does what a small model of the rules says, step by step. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import { START } from '../support/property/facts.ts'
import { operations, world } from '../support/property/operations.ts'
import { play } from '../support/property/play.ts'
import { holds } from '../support/property/replay.ts'
import { inWorld, type Subject } from '../support/property/subject.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator({ listen: false, clock: START, random_seed: 1, journal_size: 0 })
})
afterAll(() => emulator.close())

describe('any operations in any world', () => {
  it('do what the model says', async () => {
    await holds(60, fc.tuple(world, operations), ([state, story]) =>
      inWorld(emulator, state, subject => play(subject, story)),
    )
  })

  it('show an emulator that takes a name twice, in two operations', async () => {
    const forgetful = (subject: Subject): Subject => ({
      ...subject,
      api: async (...request) => {
        const answer = await subject.api(...request)
        return answer.code === 1013 ? { ...answer, status: 200, code: undefined } : answer
      },
    })
    const { counterexample } = await fc.check(
      fc.asyncProperty(operations, story => inWorld(emulator, {}, subject => play(forgetful(subject), story))),
      { seed: 1 },
    )

    expect(counterexample?.[0].map(operation => operation.do)).toEqual(['create', 'create'])
  })
})
