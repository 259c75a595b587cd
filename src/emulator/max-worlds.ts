import type { Options } from '../../schemas/options.ts'
import { isFolder } from '../config/database-path.ts'
import { memoryLimit } from './memory-limit.ts'

const MIB = 1024 * 1024

/** Our choice: twice what a world of a dozen tunnels takes after a hundred requests (measured: docs/costs.md). */
const PER_WORLD = 4 * MIB

/** The server with its main world (measured: docs/costs.md). */
const SERVER = 128 * MIB

/** Our choice: the rest is for requests, garbage and worlds that are larger. */
const SHARE = 0.75

/** Also the maximum of the option. */
const MOST = 10_000

/** The maximum number of worlds. By default it is what memory allows, or a folder. */
export function maxWorldsOf({ max_worlds, db }: Pick<Options, 'max_worlds' | 'db'>): number {
  if (max_worlds !== undefined) return max_worlds
  return isFolder(db) ? MOST : worldsThatFit(memoryLimit())
}

/** Worlds that are kept in memory. */
export function worldsThatFit(bytes: number): number {
  const fitting = Math.floor((bytes * SHARE - SERVER) / PER_WORLD)
  return Math.min(Math.max(fitting, 1), MOST)
}
