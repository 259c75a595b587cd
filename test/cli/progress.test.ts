import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { withProgress } from '../../src/cli/progress.ts'

function hostWith(isInteractive: boolean) {
  const lines: string[] = []
  return { lines, host: { isInteractive, printError: (line: string) => lines.push(line) } }
}

describe('withProgress', () => {
  it.each([
    [true, ['loading …']],
    [false, []],
  ])('says after a second what takes long, if a person reads it: %s', async (isInteractive, expected) => {
    vi.useFakeTimers()
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { lines, host } = hostWith(isInteractive)
    const work = withProgress('loading', host, new Promise(resolve => setTimeout(resolve, 1_500)))
    vi.advanceTimersByTime(999)
    expect(lines).toEqual([])
    vi.advanceTimersByTime(1_000)
    await work
    expect(lines).toEqual(expected)
  })

  it('says nothing about what takes less', async () => {
    const { lines, host } = hostWith(true)
    expect(await withProgress('loading', host, Promise.resolve(1))).toBe(1)
    expect(lines).toEqual([])
  })
})
