/** An emulator in a process whose tests fake timers. */
import { execFile } from 'node:child_process'
import { execPath } from 'node:process'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { failedRoundTrips } from '../support/round-trips.ts'

/** Without `nextTick` and `queueMicrotask`, since Node's streams need these. */
const FAKED = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'performance'] as const

describe.each([{ listen: false }, { listen: true, port: 0 }])('an emulator with %j', options => {
  it('responds before, during and after faked timers', async () => {
    const before = await createEmulator(options)
    onTestFinished(before.close)
    onTestFinished(() => void vi.useRealTimers())
    expect(await failedRoundTrips(before, 'before')).toEqual([])

    vi.useFakeTimers({ toFake: [...FAKED] })
    const during = await createEmulator(options)
    onTestFinished(during.close)
    expect(await failedRoundTrips(before, 'during')).toEqual([])
    expect(await failedRoundTrips(during, 'during')).toEqual([])
    await (await createEmulator(options)).close()

    vi.useRealTimers()
    expect(await failedRoundTrips(before, 'after')).toEqual([])
    expect(await failedRoundTrips(during, 'after')).toEqual([])
  })
})

describe('under the timers of node:test', () => {
  it('an emulator responds before, during and after', async () => {
    const { code, output } = await new Promise<{ code: unknown; output: string }>(resolve => {
      const args = ['--test', '--test-timeout=20000', 'test/support/node-fake-timers.ts']
      execFile(execPath, args, { env: {} }, (error, stdout) => resolve({ code: error?.code ?? 0, output: stdout }))
    })

    expect(output).toContain('pass 4')
    expect(code).toBe(0)
  })
})
