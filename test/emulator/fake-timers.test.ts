/** An emulator in a process whose tests fake timers. */
import { execFile } from 'node:child_process'
import { execPath } from 'node:process'
import { setTimeout } from 'node:timers/promises'
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

describe('a running clock', () => {
  const start = async () => {
    const { control, close } = await createEmulator({ listen: false })
    onTestFinished(close)
    onTestFinished(() => void vi.useRealTimers())
    return async () => Date.parse((await control.getClock()).now)
  }

  it.each([[['Date']], [FAKED]] as const)('follows a test that fakes %j and moves time on', async toFake => {
    const time = await start()
    vi.useFakeTimers({ toFake: [...toFake] })
    const before = await time()
    vi.setSystemTime(Date.now() + 300_000)

    expect((await time()) - before).toBeGreaterThanOrEqual(300_000)
    expect((await time()) - before).toBeLessThan(301_000)
  })

  it.each([[['Date']], [FAKED]] as const)('runs on when a test fakes %j and sets it to the past', async toFake => {
    const time = await start()
    const before = await time()
    vi.useFakeTimers({ toFake: [...toFake], now: 0 })
    const during = await time()
    await setTimeout(20)

    expect(during).toBeGreaterThanOrEqual(before)
    expect((await time()) - during).toBeGreaterThanOrEqual(15)
    vi.useRealTimers()
    expect(Math.abs((await time()) - Date.now())).toBeLessThan(1_000)
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
