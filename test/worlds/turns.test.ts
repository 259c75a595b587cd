import { setImmediate, setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { nextTurn, runAtOnce, runInTurns, takeTurn } from '../../src/worlds/turns.ts'

/** Holds the event loop as long as a large request. */
function block(millis: number): void {
  const end = performance.now() + millis
  while (performance.now() < end);
}

function* pieces(count: number, millis = 0): Generator<void, number> {
  for (let piece = 0; piece < count; piece += 1) {
    block(millis)
    yield
  }
  return count
}

/** How often other callbacks run before work is over. */
async function turnsOf(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const other = (): void => {
    if (isOver) return
    turns += 1
    globalThis.setImmediate(other)
  }
  globalThis.setImmediate(other)
  await work
  isOver = true
  return turns
}

/** Sends requests that hold the event loop. Returns the worlds in the order of their turns. */
async function orderOf(requests: readonly (readonly [world_id: string, millis: number])[]): Promise<string> {
  const order: string[] = []
  for (const [world_id, millis] of requests) {
    takeTurn(world_id, () => {
      order.push(world_id)
      block(millis)
    })
  }
  while (order.length < requests.length) await setImmediate()
  return order.join(' ')
}

describe('requests', () => {
  it('run at once while nobody waits', () => {
    let runs = 0
    const run = (): void => {
      runs += 1
    }
    for (let nth = 0; nth < 20; nth += 1) takeTurn('a', run)

    expect(runs).toBe(20)
  })

  it('of several worlds take turns', async () => {
    expect(
      await orderOf([
        ['a', 6],
        ['a', 6],
        ['a', 6],
        ['b', 6],
        ['b', 6],
        ['c', 6],
      ]),
    ).toBe('a b c a b a')
  })

  it('that are small take one turn together', async () => {
    await setTimeout(1)
    expect(
      await orderOf([
        ['a', 6],
        ['a', 6],
        ['b', 0],
        ['b', 0],
        ['b', 0],
      ]),
    ).toBe('a b b b a')
  })

  it('wait for one piece of long work, and not for all of it', async () => {
    const work = runInTurns(pieces(20, 6), 'a')
    let isOver = false
    void work.then(() => {
      isOver = true
    })
    await nextTurn('b')

    expect(isOver).toBe(false)
    expect(await work).toBe(20)
  })
})

describe('long work', () => {
  it('returns its result, at once and in turns', async () => {
    expect([runAtOnce(pieces(1_000)), await runInTurns(pieces(1_000), 'a')]).toEqual([1_000, 1_000])
  })

  it('gives way to others after each few milliseconds, and never if it is done by then', async () => {
    expect(await turnsOf(runInTurns(pieces(5), 'a'))).toBe(0)
    expect(await turnsOf(runInTurns(pieces(5, 6), 'a'))).toBeGreaterThanOrEqual(4)
  })

  it('rejects if it fails', async () => {
    const fail = function* (): Generator<void, void> {
      block(6)
      yield
      throw new Error('no')
    }

    await expect(runInTurns(fail(), 'a')).rejects.toThrow('no')
    expect(() => runAtOnce(fail())).toThrow('no')
    expect(await runInTurns(pieces(5, 6), 'a')).toBe(5)
  })

  it('runs one at a time, and worlds take turns', async () => {
    const order: string[] = []
    const run = async (world_id: string): Promise<void> => {
      await runInTurns(pieces(3, 6), world_id)
      order.push(world_id)
    }
    await Promise.all([run('a'), run('a'), run('a'), run('b')])

    expect(order.join(' ')).toBe('a b a a')
  })
})
