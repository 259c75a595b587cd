import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { problemWith } from '../../schemas/check.ts'
import { nearest } from '../../schemas/nearest.ts'
import { BUNDLED_SEEDS } from '../../schemas/options.ts'
import { type NamedState, State } from '../../schemas/state.ts'
import { readPackageFileSync } from './runtime-files.ts'

/**
 * Reads a seed: the name of a bundled one, a path, or a State. A folder stands for its *.json
 * files, sorted by name; it may be empty. Throws an Error with one line that names the file and the
 * place in it.
 */
export function readSeeds(seed: string | State): readonly NamedState[] {
  if (typeof seed !== 'string' || !isFolder(seed)) return [readSeed(seed)]

  const names = readdirSync(seed).filter(name => name.endsWith('.json'))
  return names.sort().map(name => readSeed(join(seed, name)))
}

function readSeed(seed: string | State): NamedState {
  if (typeof seed !== 'string') return validState('seed', seed)

  if (isBundled(seed)) {
    return validState(`seed ${seed}`, JSON.parse(readPackageFileSync('fixtures', `${seed}.json`).toString()))
  }
  const file = resolve(seed)
  return validState(`seed ${file}`, readJson(file))
}

function isBundled(seed: string): boolean {
  return BUNDLED_SEEDS.some(name => name === seed)
}

function isFolder(seed: string): boolean {
  return !isBundled(seed) && statSync(seed, { throwIfNoEntry: false })?.isDirectory() === true
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`seed ${file}: ${reasonOf(error, file)}`)
  }
}

/** Where there is no file, somebody may have meant a bundled seed. */
function reasonOf(error: unknown, file: string): string {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
    return error instanceof Error ? error.message : String(error)
  }
  const similar = nearest(basename(file), BUNDLED_SEEDS)
  return `there is no such file; bundled seeds are ${BUNDLED_SEEDS.join(', ')}${similar ? `; did you mean "${similar}"?` : ''}`
}

function validState(name: string, state: unknown): NamedState {
  const problem = problemWith(State, state)
  if (problem) throw new Error([name, problem.where, problem.what].filter(Boolean).join(': '))
  return { name, state: state as State }
}
