import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { OptionName } from '../../config/options.ts'
import { type Said, says } from '../action.ts'
import { span } from '../arguments.ts'
import type { Shell } from '../host.ts'
import { settingsOf } from '../option-flags.ts'
import { addServerFlags, explaining, givenUrl, type ServerFlags, urlAt } from '../remote.ts'

/** Between two looks, in milliseconds. */
const LOOK_EVERY_MS = 100

/** A server that takes longer for one look does not answer, in milliseconds. */
const PATIENCE_MS = 5_000

const WHERE: readonly OptionName[] = ['host', 'port']

interface WaitFlags {
  readonly timeout: number
}

export function addReadiness(program: Command, shell: Shell): void {
  const wait = program
    .command('wait')
    .description('Wait until a server is ready')
    .option('--timeout <SPAN>', 'How long at most: 90s, 5m [30s]', span, 30_000)
  looksAt<WaitFlags>(wait, shell, async (url, { timeout }) => {
    const started = performance.now()
    await ready(url, timeout)
    const ms = Math.round(performance.now() - started)
    return { text: `${url} is ready`, json: { url, ready: true, ms } }
  })

  const health = program.command('health').description('Tell whether a server is well, for a HEALTHCHECK')
  looksAt(health, shell, async url => {
    await look(url, '/healthz', PATIENCE_MS)
    return { text: `${url} is well`, json: { url, healthy: true } }
  })
}

function looksAt<Flags>(command: Command, shell: Shell, run: (url: string, flags: Flags) => Promise<Said>): void {
  addServerFlags(command, WHERE)
  says<Flags & ServerFlags>(command, shell, async ({ flags }) => {
    const settings = await settingsOf(command, shell)
    return run(givenUrl(flags, settings, shell) ?? urlAt(settings), flags)
  })
}

async function ready(url: string, timeout: number): Promise<void> {
  const deadline = performance.now() + timeout
  for (;;) {
    const left = deadline - performance.now()
    try {
      return await look(url, '/readyz', Math.max(Math.min(left, PATIENCE_MS), 1))
    } catch (error) {
      if (left <= LOOK_EVERY_MS) {
        throw new Error(`${error instanceof Error ? error.message : error}; waited ${timeout / 1_000} s`)
      }
    }
    await pause(LOOK_EVERY_MS)
  }
}

/** Rejects with the reason why not. */
function look(url: string, path: string, patience: number): Promise<void> {
  return explaining(url, async () => {
    const { ok, status } = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(Math.ceil(patience)) })
    if (!ok) throw new Error(`${url} answers ${status}`)
  })
}
