import { describe, expect, it } from 'vitest'
import { createScheduler } from '../../src/world/scheduler.ts'

function at(second: number): string {
  return `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z`
}

/** A scheduler with a job for each second, which notes its name when it runs. */
function startScheduler(...seconds: readonly number[]) {
  const scheduler = createScheduler()
  const done: string[] = []
  for (const [index, second] of seconds.entries()) scheduler.add(at(second), due => done.push(`${index} ${due}`))
  return { scheduler, done }
}

describe('a scheduler', () => {
  it('runs due jobs in order of time, each with its own due time', () => {
    const { scheduler, done } = startScheduler(30, 10, 20)
    scheduler.runDue(at(20))

    expect(done).toEqual([`1 ${at(10)}`, `2 ${at(20)}`])
  })

  it('runs jobs with the same due time in the order in which they were added', () => {
    const { scheduler, done } = startScheduler(10, 10, 10)
    scheduler.runDue(at(10))

    expect(done).toEqual([`0 ${at(10)}`, `1 ${at(10)}`, `2 ${at(10)}`])
  })

  it('runs every job once', () => {
    const { scheduler, done } = startScheduler(10)
    scheduler.runDue(at(10))
    scheduler.runDue(at(50))

    expect(done).toHaveLength(1)
  })

  it('runs a job that another job adds, if it is due too', () => {
    const { scheduler, done } = startScheduler()
    scheduler.add(at(10), () => {
      scheduler.add(at(30), due => done.push(due))
      scheduler.add(at(20), due => done.push(due))
    })
    scheduler.add(at(25), due => done.push(due))
    scheduler.runDue(at(29))

    expect(done).toEqual([at(20), at(25)])
    expect(scheduler.next()).toBe(at(30))
  })

  it('continues after a job that failed', () => {
    const { scheduler, done } = startScheduler(20)
    scheduler.add(at(10), () => {
      throw new Error('broken')
    })

    expect(() => scheduler.runDue(at(30))).toThrow('broken')
    scheduler.runDue(at(30))
    expect(done).toEqual([`0 ${at(20)}`])
  })

  it('returns the time of the next job', () => {
    expect(startScheduler(30, 10).scheduler.next()).toBe(at(10))
    expect(startScheduler().scheduler.next()).toBeUndefined()
  })

  it('runs no cleared job, even if a job clears it', () => {
    const { scheduler, done } = startScheduler(20)
    scheduler.add(at(10), () => scheduler.clear())
    scheduler.runDue(at(50))

    expect(done).toEqual([])
    expect(scheduler.next()).toBeUndefined()
  })

  it('tells a job when it is due and what time it is', () => {
    const { scheduler } = startScheduler()
    const told: string[][] = []
    scheduler.add(at(10), (...times) => told.push(times))
    scheduler.runDue(at(50))

    expect(told).toEqual([[at(10), at(50)]])
  })

  it('adds a job once for each name and time', () => {
    const { scheduler, done } = startScheduler()
    const names: [string, number][] = [['a', 10], ['a', 10], ['b', 10], ['a', 20]] // biome-ignore format: a table
    for (const [name, second] of names) scheduler.addOnce(name, at(second), due => done.push(`${name} ${due}`))
    scheduler.runDue(at(50))

    expect(done).toEqual([`a ${at(10)}`, `b ${at(10)}`, `a ${at(20)}`])
  })

  it('adds a job of the same name again once the first has run', () => {
    const { scheduler, done } = startScheduler()
    scheduler.addOnce('a', at(10), () => done.push('first'))
    scheduler.runDue(at(10))
    scheduler.addOnce('a', at(10), () => done.push('second'))
    scheduler.runDue(at(10))

    expect(done).toEqual(['first', 'second'])
  })
})
