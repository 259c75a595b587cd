/** Many hostile connectors: each can end its own session, and nothing else. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { attack, attackSession, expectNothingLeft } from '../support/edge/attack.ts'
import { worldWith } from '../support/edge/in-process.ts'
import { startSessions } from '../support/edge/start-sessions.ts'
import { SEED } from '../support/property/replay.ts'

const FRAMES = 100_000
const BATCH = 500

it('survives 100,000 mutated frames', async () => {
  const world = worldWith()
  const sessions = await startSessions(world)
  for (let sent = 0, seed = SEED; sent < FRAMES; seed++) {
    for (const one of fc.sample(attack, { numRuns: BATCH, seed })) {
      await attackSession(sessions, one)
      sent += one.frames.length
    }
    expect(sessions.sessions.size, `seed ${seed}`).toBeLessThan(10)
  }
  await expectNothingLeft(sessions, world)
})
