import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import { parseDuration } from '../../../schemas/duration.ts'
import { durationParser } from '../arguments.ts'
import type { CliHost } from '../host.ts'
import { PROBE_TIMEOUT_MS, probe, setProbeAction } from '../probe.ts'

const POLL_INTERVAL_MS = 100

interface WaitFlags {
  readonly timeout: string
}

export function addWait(program: Command, host: CliHost): void {
  const wait = program
    .command('wait')
    .description('Wait until a server is ready')
    .option('--timeout <DURATION>', 'Maximum time, such as 90s or 5m [30s]', durationParser('--timeout'), '30s')
  setProbeAction<WaitFlags>(wait, host, async (url, { timeout }) => {
    const started = performance.now()
    await waitUntilReady(url, parseDuration(timeout))
    const ms = Math.round(performance.now() - started)
    return { text: `${url} is ready`, json: { url, ready: true, ms } }
  })
}

async function waitUntilReady(url: string, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const leftMs = deadline - performance.now()
    try {
      return await probe(url, '/readyz', Math.max(Math.min(leftMs, PROBE_TIMEOUT_MS), 1))
    } catch (error) {
      if (leftMs <= POLL_INTERVAL_MS) {
        throw new Error(`${error instanceof Error ? error.message : error}; waited ${timeoutMs / 1_000} s`)
      }
    }
    await pause(POLL_INTERVAL_MS)
  }
}
