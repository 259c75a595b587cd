/**
 * The format of states. Each contributor adds sections with their models, records and tables.
 * Seeds, snapshots, exports and resets all use it.
 */
import { problemWith } from '../../schemas/check.ts'
import { type NamedState, type ScenarioStep, type State, stateModel } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import type { Database } from '../store/database.ts'
import { statedTimes } from './stated-times.ts'

/** An invalid state, with the path of the problem, such as `tunnels[3].connectors[0]`. */
export class StateError extends Error {
  override readonly name = 'StateError'

  constructor(where: string, what: string) {
    super(`${where}: ${what}`)
  }
}

/** Values for missing fields of a state. */
export interface Defaults {
  readonly uuid: () => string
  readonly secret: () => string
  readonly now: Timestamp
}

/** One section of one state. */
export interface SectionPart<Content = unknown> {
  /** Such as `seed demo: tunnels`. */
  readonly where: string
  /** Valid for the model of the section. */
  readonly content: Content
}

export interface SectionContext extends Defaults {
  /** Accounts that the states list, by id; empty when every account exists. */
  readonly accounts: ReadonlyMap<string, string | null>
}

/**
 * One key of a state. It has methods instead of function properties so that each section can use
 * its own types.
 */
export interface StateSection {
  readonly key: string
  readonly model: TSchema
  /** Makes complete records from all states. Throws a StateError with the path. */
  recordsOf(parts: readonly SectionPart[], context: SectionContext): unknown
  write(db: Database, records: unknown): void
  /** Reads all records in the format of a state, from which `recordsOf` makes the same ones. */
  read(db: Database): unknown
}

export interface StateContributor {
  readonly sections: readonly StateSection[]
  /** Tables with foreign keys come before the tables that they refer to. */
  readonly tables: readonly string[]
  /** Permission groups that credentials may have, without the suffix `Read` or `Write`. */
  readonly permission_groups: readonly string[]
  /** The latest time in its tables. */
  readonly lastChange?: (db: Database) => Timestamp | undefined
}

/** Records by the key of their section. */
export type StateRecords = Readonly<Record<string, unknown>>

export interface StateFormat {
  /** The model of a whole state, which allows no other key. */
  readonly model: TSchema
  /** Combines several states. Throws a StateError with the name of the state and the path. */
  readonly recordsOf: (states: readonly NamedState[], defaults: Defaults) => StateRecords
  /** Adds the records to the existing ones. */
  readonly write: (db: Database, records: StateRecords) => void
  readonly read: (db: Database) => State
  readonly clear: (db: Database) => void
  readonly isEmpty: (db: Database) => boolean
  /** The latest time in any table. */
  readonly lastChange: (db: Database) => Timestamp | undefined
}

/** Reads and writes the sections in the order of the contributors. */
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
      for (const { name, state } of states) requireValid(model, name, state)
      const context = { ...defaults, now: startTime(model, states, defaults.now), accounts: accountsIn(states) }
      return Object.fromEntries(
        sections.map(section => [section.key, section.recordsOf(sectionParts(states, section.key), context)]),
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

export function scenarioOf(states: readonly NamedState[]): readonly ScenarioStep[] {
  return states.flatMap(({ state }) => state.scenario ?? [])
}

/** A world starts no earlier than the last time in its states, and ages count from its start. */
function startTime(model: TSchema, states: readonly NamedState[], now: Timestamp): Timestamp {
  const stated = states.flatMap(({ state }) => statedTimes(model, state))
  return [now, ...stated].toSorted().at(-1) ?? now
}

/** Later than any start. A state may hold times of years to come. */
const END_OF_TIME: Timestamp = '9999-12-31T23:59:59.999999Z'

class RandomnessUsed extends Error {
  override readonly name = 'RandomnessUsed'
}

/**
 * Returns the records of states that name all ids, secrets and dates, which are the same at any
 * time; undefined if the records depend on time or randomness.
 */
export function constantRecordsOf(
  { recordsOf }: StateFormat,
  states: readonly NamedState[],
  now: Timestamp,
): StateRecords | undefined {
  const rejectRandomness = (): never => {
    throw new RandomnessUsed()
  }
  const recordsAt = (time: Timestamp) =>
    recordsOf(states, { uuid: rejectRandomness, secret: rejectRandomness, now: time })
  try {
    const records = recordsAt(now)
    return JSON.stringify(records) === JSON.stringify(recordsAt(END_OF_TIME)) ? records : undefined
  } catch (error) {
    if (error instanceof RandomnessUsed) return undefined
    throw error
  }
}

function requireValid(model: TSchema, name: string, state: State): void {
  const problem = problemWith(model, state)
  if (problem) throw new StateError([name, problem.where].filter(Boolean).join(': '), problem.what)
}

function accountsIn(states: readonly NamedState[]): ReadonlyMap<string, string | null> {
  const listed = states.flatMap(({ state }) => state.accounts ?? [])
  return new Map(listed.map(({ id, name = null }) => [id.toLowerCase(), name]))
}

function sectionParts(states: readonly NamedState[], key: string): readonly SectionPart[] {
  return states.flatMap(({ name, state }) => {
    const content = (state as Readonly<Record<string, unknown>>)[key]
    return content === undefined ? [] : [{ where: `${name}: ${key}`, content }]
  })
}
