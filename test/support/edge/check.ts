/**
 * A check of the edge with a real cloudflared: a test with a number, that says what it saw and gets
 * a stage. The reporter prints a row of the table for each.
 */
import { test, vi } from 'vitest'
import { openStage } from './stage.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What a check saw, for its row of the table. */
    seen?: string[]
    /** The logs of the programs of a check that failed. */
    logs?: string
  }
}

/** The longest that cloudflared waits until it is back. */
export const RECONNECT_MS = 90_000

export const check = test
  .extend('stage', async ({ task, onTestFailed }, { onCleanup }) => {
    const stage = openStage()
    onTestFailed(() => {
      task.meta.logs = stage.logs()
    })
    onCleanup(() => stage.close())
    return stage
  })
  .extend('saw', ({ task }) => (text: string): void => {
    task.meta.seen = [...(task.meta.seen ?? []), text]
  })

/** Repeats until `condition` throws no more. Resolves with the seconds that it took, as text. */
export async function within(timeout: number, condition: () => Promise<unknown> | unknown): Promise<string> {
  const start = performance.now()
  await vi.waitFor(condition, { timeout, interval: 50 })
  return secondsSince(start)
}

export function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1_000).toFixed(1)} s`
}
