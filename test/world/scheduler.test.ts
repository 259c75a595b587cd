import { describe, expect, it } from 'vitest'
import { createAgenda } from '../../src/world/scheduler.ts'

function at(second: number): string {
  return `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z`
}

/** An agenda with an item for each second, which notes its name when it is done. */
function startAgenda(...seconds: readonly number[]) {
  const agenda = createAgenda()
  const done: string[] = []
  for (const [index, second] of seconds.entries()) agenda.add(at(second), due => done.push(`${index} ${due}`))
  return { agenda, done }
}

describe('an agenda', () => {
  it('does what is due in the order of time, each with its own time', () => {
    const { agenda, done } = startAgenda(30, 10, 20)
    agenda.doUntil(at(20))

    expect(done).toEqual([`1 ${at(10)}`, `2 ${at(20)}`])
  })

  it('does what is due at one time in the order in which it was added', () => {
    const { agenda, done } = startAgenda(10, 10, 10)
    agenda.doUntil(at(10))

    expect(done).toEqual([`0 ${at(10)}`, `1 ${at(10)}`, `2 ${at(10)}`])
  })

  it('does everything once', () => {
    const { agenda, done } = startAgenda(10)
    agenda.doUntil(at(10))
    agenda.doUntil(at(50))

    expect(done).toHaveLength(1)
  })

  it('does what work adds, when it is due within the same span', () => {
    const { agenda, done } = startAgenda()
    agenda.add(at(10), () => {
      agenda.add(at(30), due => done.push(due))
      agenda.add(at(20), due => done.push(due))
    })
    agenda.add(at(25), due => done.push(due))
    agenda.doUntil(at(29))

    expect(done).toEqual([at(20), at(25)])
    expect(agenda.next()).toBe(at(30))
  })

  it('goes on after work that failed', () => {
    const { agenda, done } = startAgenda(20)
    agenda.add(at(10), () => {
      throw new Error('broken')
    })

    expect(() => agenda.doUntil(at(30))).toThrow('broken')
    agenda.doUntil(at(30))
    expect(done).toEqual([`0 ${at(20)}`])
  })

  it('knows when the next item is due', () => {
    expect(startAgenda(30, 10).agenda.next()).toBe(at(10))
    expect(startAgenda().agenda.next()).toBeUndefined()
  })

  it('does nothing of what was there before it was cleared, not even when cleared by an item', () => {
    const { agenda, done } = startAgenda(20)
    agenda.add(at(10), () => agenda.clear())
    agenda.doUntil(at(50))

    expect(done).toEqual([])
    expect(agenda.next()).toBeUndefined()
  })

  it('adds an item once for each name and time', () => {
    const { agenda, done } = startAgenda()
    const names: [string, number][] = [['a', 10], ['a', 10], ['b', 10], ['a', 20]] // biome-ignore format: a table
    for (const [name, second] of names) agenda.addOnce(name, at(second), due => done.push(`${name} ${due}`))
    agenda.doUntil(at(50))

    expect(done).toEqual([`a ${at(10)}`, `b ${at(10)}`, `a ${at(20)}`])
  })

  it('adds an item of the same name again once the first was done', () => {
    const { agenda, done } = startAgenda()
    agenda.addOnce('a', at(10), () => done.push('first'))
    agenda.doUntil(at(10))
    agenda.addOnce('a', at(10), () => done.push('second'))
    agenda.doUntil(at(10))

    expect(done).toEqual(['first', 'second'])
  })
})
