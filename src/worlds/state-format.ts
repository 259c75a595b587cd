/**
 * The format of states, composed of what each contributor stores: one section of a state each, with
 * its model, its records and its tables. Seeds, snapshots, exports and resets all go through here.
 */
import { problemWith } from '../../schemas/check.ts'
import { type NamedState, type ScenarioStep, type State, stateModel } from '../../schemas/state.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import type { Database } from '../store/database.ts'

/** What is wrong with a state, and where: `tunnels[3].connectors[0]`. */
export class StateError extends Error {
  override readonly name = 'StateError'

  constructor(where: string, what: string) {
    super(`${where}: ${what}`)
  }
}

/** What completes a state that leaves things out. */
export interface Defaults {
  readonly uuid: () => string
  readonly secret: () => string
  readonly now: Timestamp
}

/** The section of one state. */
export interface SectionPart<Content = unknown> {
  /** Such as `seed demo: tunnels`. */
  readonly where: string
  /** Fits the model of the section. */
  readonly content: Content
}

export interface SectionContext extends Defaults {
  /** Accounts that the states list, by id; empty when every account exists. */
  readonly accounts: ReadonlyMap<string, string | null>
}

/**
 * One key of a state. These are methods so that each section can name the types of its own content
 * and records.
 */
export interface StateSection {
  readonly key: string
  readonly model: TSchema
  /** The complete records of what all states hold. Throws a StateError that names the place. */
  recordsOf(parts: readonly SectionPart[], context: SectionContext): unknown
  write(db: Database, records: unknown): void
  /** All of it, as a state holds it: reading that back gives the same records. */
  read(db: Database): unknown
}

export interface StateContributor {
  readonly sections: readonly StateSection[]
  /** Its tables, those that refer to others first. */
  readonly tables: readonly string[]
  /** Permission groups that credentials of a state may name, without their ending `Read` or `Write`. */
  readonly permission_groups: readonly string[]
  /** The latest time that it stored. */
  readonly lastChange?: (db: Database) => Timestamp | undefined
}

/** Records by the key of their section. */
export type StateRecords = Readonly<Record<string, unknown>>

export interface StateFormat {
  /** Of a whole state; no other key may appear. */
  readonly model: TSchema
  /** What states together describe. Throws a StateError with the name of the state and the place. */
  readonly recordsOf: (states: readonly NamedState[], defaults: Defaults) => StateRecords
  /** Adds to what is there. */
  readonly write: (db: Database, records: StateRecords) => void
  readonly read: (db: Database) => State
  readonly clear: (db: Database) => void
  readonly isEmpty: (db: Database) => boolean
  /** The latest time that anything stored. */
  readonly lastChange: (db: Database) => Timestamp | undefined
}

/** Contributors in the order in which their sections are read and written. */
export function createStateFormat(contributors: readonly StateContributor[]): StateFormat {
  const sections = contributors.flatMap(contributor => contributor.sections)
  const tables = contributors.toReversed().flatMap(contributor => contributor.tables)
  const permissions = contributors
    .flatMap(({ permission_groups }) => permission_groups)
    .flatMap(group => [`${group} Read`, `${group} Write`])
  const model = stateModel(Object.fromEntries(sections.map(section => [section.key, section.model])), permissions)

  return {
    model,
    recordsOf: (states, defaults) => {
      for (const { name, state } of states) requireFit(model, name, state)
      const context = { ...defaults, accounts: accountsIn(states) }
      return Object.fromEntries(
        sections.map(section => [section.key, section.recordsOf(partsOf(states, section.key), context)]),
      )
    },
    write: (db, records) => {
      for (const { key, write } of sections) write(db, records[key])
    },
    read: db => Object.fromEntries(sections.map(({ key, read }) => [key, read(db)])),
    clear: db => {
      for (const table of tables) db.run(`DELETE FROM ${table}`)
    },
    isEmpty: db => tables.every(table => db.value(`SELECT NOT EXISTS (SELECT 1 FROM ${table})`) === 1),
    lastChange: db =>
      contributors
        .flatMap(({ lastChange }) => lastChange?.(db) ?? [])
        .toSorted()
        .at(-1),
  }
}

/** What states let happen by itself. */
export function scenarioOf(states: readonly NamedState[]): readonly ScenarioStep[] {
  return states.flatMap(({ state }) => state.scenario ?? [])
}

const DAY_MS = 86_400_000

class RandomnessUsed extends Error {
  override readonly name = 'RandomnessUsed'
}

/**
 * The records of states that name all their ids, secrets and dates, so that they are the same at any
 * time; undefined where time or randomness completes them.
 */
export function timelessRecordsOf(
  { recordsOf }: StateFormat,
  states: readonly NamedState[],
  now: Timestamp,
): StateRecords | undefined {
  const draw = (): never => {
    throw new RandomnessUsed()
  }
  const recordsAt = (time: Timestamp) => recordsOf(states, { uuid: draw, secret: draw, now: time })
  try {
    const records = recordsAt(now)
    return JSON.stringify(records) === JSON.stringify(recordsAt(plusMillis(now, DAY_MS))) ? records : undefined
  } catch (error) {
    if (error instanceof RandomnessUsed) return undefined
    throw error
  }
}

function requireFit(model: TSchema, name: string, state: State): void {
  const problem = problemWith(model, state)
  if (problem) throw new StateError(`${name}: ${problem.where || 'the whole'}`, problem.what)
}

function accountsIn(states: readonly NamedState[]): ReadonlyMap<string, string | null> {
  const listed = states.flatMap(({ state }) => state.accounts ?? [])
  return new Map(listed.map(({ id, name = null }) => [id.toLowerCase(), name]))
}

function partsOf(states: readonly NamedState[], key: string): readonly SectionPart[] {
  return states.flatMap(({ name, state }) => {
    const content = (state as Readonly<Record<string, unknown>>)[key]
    return content === undefined ? [] : [{ where: `${name}: ${key}`, content }]
  })
}
