import type { Options } from '../../schemas/options.ts'
import { isFolder } from '../config/database-path.ts'
import type { WorldLimits } from '../worlds/extensions.ts'
import { worldsThatFit } from './max-worlds.ts'
import { memoryLimit } from './memory-limit.ts'

/** A database, its write-ahead log and the index of that (measured). */
const FILES_PER_WORLD = 3

/** Our choice: the other half is for connections, replacements and everything else. */
const SHARE = 0.5

/** Our choice: to open a world again takes milliseconds, so more would only take memory. */
const MAX_OPEN = 1_000

/** The main world and another one. */
const MIN_OPEN = 2

/**
 * How many worlds of a folder may be open at once, so that no request ever finds the process without
 * files or memory. With the edge all worlds stay open: it looks into all of them.
 */
export function openLimit({ db, edge_port, workers }: Options): Pick<WorldLimits, 'max_open' | 'keeps_open'> {
  if (!isFolder(db)) return {}

  const limits = [MAX_OPEN, Math.floor((openFiles() * SHARE) / FILES_PER_WORLD), worldsThatFit(memoryLimit())]
  // The threads share the files and the memory of one process.
  const limit = Math.floor(Math.min(...limits) / Math.max(workers, 1))
  return { max_open: Math.max(MIN_OPEN, limit), keeps_open: edge_port !== undefined }
}

/** The soft limit of the process, which Node raises to the hard one when it starts. */
function openFiles(): number {
  const report: { readonly userLimits?: { readonly open_files?: { readonly soft: number | string } } } =
    process.report.getReport()
  const soft = Number(report.userLimits?.open_files?.soft)
  return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft
}
