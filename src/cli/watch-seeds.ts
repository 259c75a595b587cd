import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LogFormat } from '../../schemas/options.ts'
import type { State } from '../../schemas/state.ts'
import { isPath } from '../config/options.ts'
import type { CliHost } from './host.ts'

/** Polling works where file events do not: on mounted folders and over networks. */
const POLL_INTERVAL_MS = 200

/** The seeds that are files. */
export function seedFilesIn(seeds: readonly (string | State)[], folder: string): readonly string[] {
  return seeds
    .filter(seed => typeof seed === 'string')
    .filter(seed => isPath('seed', seed))
    .map(seed => resolve(folder, seed))
}

/** Reports the reloads of seeds. */
export interface Reporter {
  readonly reloaded: (files: string) => void
  readonly failed: (reason: string) => void
}

/** The levels of pino. */
const [INFO, WARN] = [30, 40]

/** Writes to the log, in its format. Without a log, failures go to stderr. */
export function reporterFor(log: LogFormat | undefined, { print, printError }: CliHost): Reporter {
  const json = (level: number, msg: string): void => print(JSON.stringify({ level, time: Date.now(), msg }))
  const text = (msg: string): void => print(`[${new Date().toISOString().slice(11, 19)}]: ${msg}`)
  return {
    reloaded: files => {
      const msg = `reloaded seed: ${files} changed`
      if (log === 'json') json(INFO, msg)
      else if (log !== 'off') text(msg)
    },
    failed: reason => {
      const msg = `${reason}; the state is unchanged`
      if (log === 'json') json(WARN, msg)
      else if (log === 'off') printError(`mockflared: ${msg}`)
      else text(msg)
    },
  }
}

/** Calls `reload` whenever one of the files has changed. Returns a function that stops that. */
export function watchFiles(
  files: readonly string[],
  reload: () => Promise<void>,
  { reloaded, failed }: Reporter,
): () => void {
  let stamps = files.map(stampOf)
  const poll = (): void => {
    const current = files.map(stampOf)
    const changed = files.filter((_file, index) => current[index] !== stamps[index])
    stamps = current
    if (changed.length === 0) return

    reload().then(
      () => reloaded(changed.join(', ')),
      (error: Error) => failed(error.message),
    )
  }
  const timer = setInterval(poll, POLL_INTERVAL_MS).unref()
  return () => clearInterval(timer)
}

/** Changes when the file changes, and when another file replaces it. */
function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return 'missing'
  }
}
