import { describe, expect, it } from 'vitest'
import { PIECES_PER_TURN, runAtOnce, runInTurns } from '../../src/worlds/turns.ts'

function* count(pieces: number): Generator<void, number> {
  for (let piece = 0; piece < pieces; piece += 1) yield
  return pieces
}

/** How often other callbacks run before work is over. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const other = (): void => {
    if (isOver) return
    turns += 1
    setImmediate(other)
  }
  setImmediate(other)
  await work
  isOver = true
  return turns
}

describe('work', () => {
  it('returns its result, at once and in turns', async () => {
    expect([runAtOnce(count(1_000)), await runInTurns(count(1_000))]).toEqual([1_000, 1_000])
  })

  it('gives way to others after each 200 pieces, and never if it has fewer', async () => {
    expect(await turnsOf(runInTurns(count(PIECES_PER_TURN - 1)))).toBe(0)
    expect(await turnsOf(runInTurns(count(5 * PIECES_PER_TURN)))).toBeGreaterThanOrEqual(4)
  })

  it('rejects if it fails', async () => {
    const fail = function* (): Generator<void, void> {
      yield
      throw new Error('no')
    }

    await expect(runInTurns(fail())).rejects.toThrow('no')
    expect(() => runAtOnce(fail())).toThrow('no')
  })
})
