import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Options } from '../../../schemas/options.ts'
import { type Caller, callerOf } from './calls.ts'
import type { Announcement, Assignment, Notice, PublicUrls, Readiness, WorkerFunctions } from './protocol.ts'

/** Time until the next attempt, if a thread that ended does not start again. */
const RETRY_MS = 1_000

/** A thread that serves. */
export interface Running extends Readiness {
  readonly call: Caller<WorkerFunctions>
}

interface GroupOptions {
  readonly number: number
  readonly options: Options
  readonly key: string
  readonly urls: () => PublicUrls | undefined
  readonly onWorldEnd: (event: Announcement) => void
  /** The thread ended by itself. */
  readonly onDeath: () => void
  /** The thread serves again. `reason`: why the one before ended. */
  readonly onRevival: (reason: string, running: Running) => void
  readonly warn: (line: string) => void
}

export interface Group {
  readonly number: number
  /** Undefined while the thread starts again. */
  readonly running: () => Running | undefined
  /** The thread may end from now on, and one that has not started does. */
  readonly stop: () => void
  /** Resolves when the thread has ended after `stop`. */
  readonly ended: Promise<void>
}

/** Starts the thread of a group, and again whenever it ends. Rejects if it cannot start at first. */
export async function startGroup(options: GroupOptions): Promise<Group> {
  let isStopping = false
  let thread = startThread(options)
  let running: Running | undefined = await thread.ready

  const startAgain = async (reason: string): Promise<void> => {
    try {
      thread = startThread(options)
      const started = await thread.ready
      const urls = options.urls()
      if (urls) await started.call('setUrls', urls)
      running = started
      options.onRevival(reason, started)
    } catch (error) {
      if (isStopping) return
      options.warn(`worker ${options.number} does not start again: ${messageOf(error)}`)
      await pause(RETRY_MS)
    }
  }
  const keepRunning = async (): Promise<void> => {
    for (;;) {
      const reason = await thread.ended
      running = undefined
      if (isStopping) return
      options.onDeath()
      while (!running && !isStopping) await startAgain(reason)
    }
  }
  return {
    number: options.number,
    running: () => running,
    stop: () => {
      isStopping = true
      if (!running) thread.terminate()
    },
    ended: keepRunning(),
  }
}

function startThread({ number: group, options, key, onWorldEnd }: GroupOptions) {
  const assignment: Assignment = { options, group, key }
  const worker = new Worker(THREAD, { workerData: assignment, env: environment() })
  const ready = Promise.withResolvers<Running>()
  const ended = Promise.withResolvers<string>()
  const ending = new AbortController()
  let reason = 'it ended by itself'
  worker.on('message', (notice: Notice) => {
    if ('ended' in notice) onWorldEnd(notice.ended)
    else if ('failed' in notice) reason = notice.failed
    else ready.resolve({ ...notice.ready, call: callerOf<WorkerFunctions>(worker, ending.signal) })
  })
  worker.on('error', error => {
    reason = messageOf(error)
  })
  worker.on('exit', () => {
    ending.abort()
    ready.reject(new Error(reason))
    ended.resolve(reason)
  })
  return { ready: ready.promise, ended: ended.promise, terminate: () => void worker.terminate() }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Beside this file, also in the package. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? 'thread.ts' : 'worker.js', import.meta.url)

/** The log has colours on a terminal, which a worker thread cannot see. */
function environment(): NodeJS.ProcessEnv {
  return process.stdout.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env
}
