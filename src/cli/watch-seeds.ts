import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { State } from '../../schemas/state.ts'
import { type LogFormat, OPTIONS } from '../config/options.ts'
import type { Shell } from './host.ts'

/** Between two looks at a file, in milliseconds. Looking works where events do not: on mounted folders and over networks. */
const LOOK_EVERY_MS = 200

/** The seeds that are files. */
export function filesOf(seeds: readonly (string | State)[], folder: string): readonly string[] {
  return seeds
    .filter(seed => typeof seed === 'string')
    .filter(seed => OPTIONS.seed.isPath?.(seed))
    .map(seed => resolve(folder, seed))
}

/** How it is told that seeds were planted anew, or were not. */
export interface Teller {
  readonly done: (file: string) => void
  readonly failed: (reason: string) => void
}

/** In the log, as the answers are; what failed is told even without one. */
export function tellerFor(log: LogFormat | undefined, { print, complain }: Shell): Teller {
  const json = (level: number, msg: string): void => print(JSON.stringify({ level, time: Date.now(), msg }))
  const text = (msg: string): void => print(`[${new Date().toISOString().slice(11, 19)}]: ${msg}`)
  return {
    done: file => {
      const msg = `planted anew, since ${file} changed`
      if (log === 'json') json(INFO, msg)
      else if (log !== 'off') text(msg)
    },
    failed: reason => {
      const msg = `${reason}; all stays as it was`
      if (log === 'json') json(WARN, msg)
      else if (log === 'off') complain(`mockflared: ${msg}`)
      else text(msg)
    },
  }
}

/** As pino counts them. */
const [INFO, WARN] = [30, 40]

/** Carries `plant` out whenever one of the files is another than before. Gives back what ends it. */
export function watchFiles(files: readonly string[], plant: () => Promise<void>, { done, failed }: Teller): () => void {
  let stamps = files.map(stampOf)
  const look = (): void => {
    const now = files.map(stampOf)
    const changed = files.filter((_file, index) => now[index] !== stamps[index])
    stamps = now
    if (changed.length === 0) return

    plant().then(
      () => done(changed.join(', ')),
      (error: Error) => failed(error.message),
    )
  }
  const timer = setInterval(look, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

/** Changes with the file, and when another takes its place. */
function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return 'gone'
  }
}
