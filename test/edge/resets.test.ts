/** Sessions over many resets of their world. */
import { expect, it } from 'vitest'
import { settled } from '../support/edge/attack.ts'
import { handles, startEightSessions } from '../support/edge/eight-sessions.ts'

it('keeps 8 sessions over 50 resets to a world that has them, and leaks no handle', async () => {
  const { connected, restore, sessions } = await startEightSessions()
  const before = handles()
  for (let reset = 0; reset < 50; reset++) await restore()

  await Promise.all(sessions().map(settled))
  expect(sessions()).toHaveLength(8)
  expect(await connected()).toHaveLength(8)
  expect(handles()).toEqual(before)
})
