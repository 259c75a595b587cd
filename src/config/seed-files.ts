import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { problemWith } from '../../schemas/check.ts'
import { State } from '../../schemas/state.ts'
import type { NamedState } from '../worlds/state-format.ts'

/** The seeds that come with mockflared, by name. */
export const BUNDLED_SEEDS = ['docs', 'demo', 'every-status'] as const

/**
 * Reads a seed by the name of a bundled one, by path, or takes a State as it is. A folder stands for its *.json files in the
 * order of their names, an empty one for none. Throws an Error with one line that names the file and the place in it.
 */
export function readSeeds(seed: string | State): readonly NamedState[] {
  if (typeof seed !== 'string' || !isFolder(seed)) return [readSeed(seed)]

  const names = readdirSync(seed).filter(name => name.endsWith('.json'))
  return names.sort().map(name => readSeed(join(seed, name)))
}

function readSeed(seed: string | State): NamedState {
  if (typeof seed !== 'string') return checked('seed', seed)

  const file = fileOf(seed)
  return checked(`seed ${file}`, parsed(file))
}

function isBundled(seed: string): boolean {
  return BUNDLED_SEEDS.some(name => name === seed)
}

function isFolder(seed: string): boolean {
  return !isBundled(seed) && statSync(seed, { throwIfNoEntry: false })?.isDirectory() === true
}

function fileOf(seed: string): string {
  if (!isBundled(seed)) return resolve(seed)
  return createRequire(import.meta.url).resolve(`#fixtures/${seed}.json`)
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`seed ${file}: ${error instanceof Error ? error.message : error}`)
  }
}

function checked(name: string, state: unknown): NamedState {
  const problem = problemWith(State, state)
  if (problem) throw new Error(`${name}: ${problem.where || 'the whole'}: ${problem.what}`)
  return { name, state: state as State }
}
