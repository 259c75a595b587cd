/** Sessions that end with their world, over and over. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it, vi } from 'vitest'
import { handles, startEightSessions } from '../support/edge/eight-sessions.ts'

const RESETS = 50
const MIB = 2 ** 20

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

function heapBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

it('leaves nothing of 8 sessions after each of 50 resets to an empty world', async () => {
  const { connectAll, connected, reset, restore, sessions } = await startEightSessions()
  const cycle = async (): Promise<void> => {
    await reset()
    await vi.waitFor(() => expect(sessions()).toEqual([]))
    await restore()
    await connectAll()
  }
  // The first ones find code that is not compiled and caches that are empty.
  for (let nth = 0; nth < RESETS; nth++) await cycle()
  const [handlesBefore, heapBefore] = [handles(), heapBytes()]
  for (let nth = 0; nth < RESETS; nth++) await cycle()

  expect(await connected()).toHaveLength(8)
  await vi.waitFor(() => expect(handles()).toEqual(handlesBefore))
  // 400 sessions were opened, of more than 10 KiB each.
  expect(heapBytes() - heapBefore).toBeLessThan(MIB)
})
