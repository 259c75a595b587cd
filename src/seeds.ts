import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { problemWith } from '../schemas/check.ts'
import { State } from '../schemas/state.ts'
import {
  credentialOf,
  requireDistinct,
  requireListed,
  StateError,
  type TunnelRecords,
  tunnelRecordsOf,
} from './domain/state.ts'
import type { World } from './world.ts'

/** The seeds that come with mockflared, by name. */
export const BUNDLED_SEEDS = ['docs', 'demo', 'every-status'] as const

interface Seed {
  /** As the user gave it. */
  readonly name: string
  readonly state: State
}

/**
 * Reads a seed by the name of a bundled one, by path, or takes a State as it is. Throws an Error with one line that names the
 * file and the place in it.
 */
export const readSeed = (seed: string | State): Seed => {
  if (typeof seed !== 'string') return { name: 'seed', state: checked('seed', seed) }

  const file = fileOf(seed)
  return { name: file, state: checked(file, parsed(file)) }
}

const fileOf = (seed: string): string => {
  if (!BUNDLED_SEEDS.some(name => name === seed)) return resolve(seed)
  return createRequire(import.meta.url).resolve(`#fixtures/${seed}.json`)
}

const parsed = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`seed ${file}: ${error instanceof Error ? error.message : error}`)
  }
}

const checked = (name: string, state: unknown): State => {
  const problem = problemWith(State, state)
  if (problem) throw new Error(`seed ${name}: ${problem.where || 'the whole'}: ${problem.what}`)
  return state as State
}

/** Puts seeds into a world, all or nothing. Throws an Error with one line that names the seed and the place in it. */
export const plant = (world: World, seeds: readonly Seed[]): void => {
  const { store, ids } = world
  const filler = { uuid: ids.uuid, secret: ids.secret, now: world.clock.now() }
  const accounts = new Map(
    seeds.flatMap(({ state }) => state.accounts ?? []).map(({ id, name = null }) => [id.toLowerCase(), name]),
  )
  const taken = new Set<string>()

  store.transaction(() => {
    for (const [id, name] of accounts) store.access.insertAccount({ id, name })
    for (const seed of seeds) {
      inSeed(seed, ({ credentials = [], tunnels = [] }) => {
        for (const [index, credential] of credentials.entries()) {
          store.access.insertCredential(credentialOf(credential, `credentials[${index}]`))
        }
        for (const [index, tunnel] of tunnels.entries()) {
          const where = `tunnels[${index}]`
          const records = tunnelRecordsOf(tunnel, where, filler)
          requireListed(where, records.tunnel.account_tag, accounts)
          requireDistinct(where, records, taken)
          insertTunnel(world, records)
        }
      })
    }
  })
}

const inSeed = ({ name, state }: Seed, work: (state: State) => void): void => {
  try {
    work(state)
  } catch (error) {
    if (error instanceof StateError) throw new Error(`seed ${name}: ${error.message}`)
    throw error
  }
}

const insertTunnel = ({ store }: World, { tunnel, configurations, connectors }: TunnelRecords): void => {
  store.tunnels.insert(tunnel)
  for (const configuration of configurations) store.configurations.insert(tunnel, configuration)
  for (const connector of connectors) store.connectors.insert(tunnel, connector)
}
