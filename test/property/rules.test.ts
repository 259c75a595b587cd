/** Compares the emulator with a small model of the rules, by random operations on random worlds. */
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

describe('random operations in random worlds', () => {
  it('have the same results as in the model', async () => {
    await holds(60, fc.tuple(world, operations), ([state, steps]) =>
      inWorld(emulator, state, subject => play(subject, steps)),
    )
  })

  it('find an emulator that accepts a name twice, with a counterexample of two operations', async () => {
    const withoutNameCheck = (subject: Subject): Subject => ({
      ...subject,
      api: async (...request) => {
        const outcome = await subject.api(...request)
        return outcome.code === 1013 ? { ...outcome, status: 200, code: undefined } : outcome
      },
    })
    const { counterexample } = await fc.check(
      fc.asyncProperty(operations, steps => inWorld(emulator, {}, subject => play(withoutNameCheck(subject), steps))),
      { seed: 1 },
    )

    expect(counterexample?.[0].map(operation => operation.do)).toEqual(['create', 'create'])
  })
})
