import type { Snapshot } from '../../schemas/control/snapshot.ts'
import type { NamedState, ScenarioStep } from '../../schemas/state.ts'
import type { Database } from '../store/database.ts'
import type { World } from '../world/world.ts'
import { copyInMemory } from './copy.ts'
import type { Extensions } from './extensions.ts'
import { clockOf, type InitialState } from './initial-state.ts'
import { runInTurns } from './turns.ts'
import { throwWorldsError } from './worlds-error.ts'

/** A saved world, with a copy of its database. */
export interface SavedWorld {
  readonly name: string
  readonly clock: Snapshot['clock']
  /** The number of random bytes drawn. */
  readonly drawn: number
  readonly db: Database
  /** The steps that were still to come. */
  readonly scenario: readonly ScenarioStep[]
  /** The number of tunnels, which the caller counts. */
  readonly tunnels: number
}

export type Snapshots = ReturnType<typeof createSnapshots>

/** The snapshots of a world. They survive its resets. */
export function createSnapshots({ data, hooks }: Extensions) {
  const saved = new Map<string, SavedWorld>()
  /** The names of those that are being saved. */
  const saving = new Set<string>()
  let isClosed = false

  const find = (name: string): SavedWorld =>
    saved.get(name) ?? throwWorldsError('unknown', `there is no snapshot ${name}`)

  return {
    get: (name: string): SavedWorld | undefined => saved.get(name),
    /** Like `get`, but throws for an unknown name. */
    find,
    list: (): readonly SavedWorld[] => [...saved.values()],

    /** Replaces a snapshot of the same name. `tunnels`: how many the world has. */
    save: async (name: string, world: World, tunnels: number): Promise<SavedWorld> => {
      if (new Set([...saved.keys(), ...saving, name]).size > world.max_snapshots) {
        const why = `world ${world.id} has ${world.max_snapshots} snapshots already`
        throwWorldsError('refused', `${why}: delete one, or allow more with --max-snapshots`)
      }
      const [clock, drawn] = [clockOf(world), world.ids.drawn()]
      const scenario = hooks.stepsToCome(world, clock.now)
      saving.add(name)
      const db = await runInTurns(copyInMemory(world.db, data), world.id).finally(() => saving.delete(name))
      const snapshot = { name, clock, drawn, scenario, db, tunnels }
      if (isClosed) {
        snapshot.db.close()
        return throwWorldsError('refused', 'the world or the server ended meanwhile')
      }
      saved.get(name)?.db.close()
      saved.set(name, snapshot)
      return snapshot
    },

    remove: (name: string): void => {
      find(name).db.close()
      saved.delete(name)
    },

    close: (): void => {
      isClosed = true
      for (const { db } of saved.values()) db.close()
    },
  }
}

/** `from`: "seed", "empty" or the name of a snapshot. `others`: what else it may be. */
export function initialStateFrom(
  from: string,
  seeds: readonly NamedState[],
  snapshots: Snapshots,
  others = '',
): InitialState {
  if (from === 'seed') return { states: seeds }
  if (from === 'empty') return { states: [] }

  const snapshot = snapshots.get(from)
  if (snapshot) return initialStateOfSnapshot(snapshot)
  return throwWorldsError('unknown', `"${from}" is not "seed", "empty"${others} or the name of a snapshot`)
}

export function initialStateOfSnapshot({ name, db, clock, drawn, scenario }: SavedWorld): InitialState {
  return { states: [], source: db, clock, drawn, scenario: [...scenario], snapshot: name }
}
