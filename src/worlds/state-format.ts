/**
 * The format of states. Each contributor adds sections with their models, records and tables.
 * Seeds, snapshots, exports and resets all use it.
 */
import { problemByItem } from '../../schemas/check-items.ts'
import { parseDuration } from '../../schemas/duration.ts'
import { type NamedState, type ScenarioStep, type State, stateModel } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { copyRows } from '../store/copy-rows.ts'
import type { Database, Reader } from '../store/database.ts'
import { statedTimes } from './stated-times.ts'
import type { Work } from './turns.ts'

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

/** Our limit for the interval of a step that repeats. */
const MIN_EVERY_MS = 1_000

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
  /** The parts of another section. */
  readonly partsOf: (key: string) => readonly SectionPart[]
}

/**
 * One key of a state. It has methods instead of function properties so that each section can use
 * its own types.
 */
export interface StateSection {
  readonly key: string
  readonly model: TSchema
  /** Makes a complete record of each item of all states. Throws a StateError with the path. */
  recordsOf(parts: readonly SectionPart[], context: SectionContext): Iterable<unknown>
  write(db: Database, record: unknown): void
  /** Reads all items in the format of a state, from which `recordsOf` makes the same records. */
  read(db: Reader): Iterable<unknown>
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

/** A state whose lists are read while they are iterated. */
type LazyState = Readonly<Record<string, Iterable<unknown>>>

export interface StateFormat {
  /** The model of a whole state, which allows no other key. */
  readonly model: TSchema
  /** Throws a StateError with the name of the state and the path. */
  readonly validate: (states: readonly NamedState[], defaults: Defaults) => Work<void>
  /** Whether the states name all ids, secrets and dates, so that their data is always the same. */
  readonly isConstant: (states: readonly NamedState[], now: Timestamp) => Work<boolean>
  /** Combines several states and adds them to the data. Throws a StateError like `validate`. */
  readonly load: (db: Database, states: readonly NamedState[], defaults: Defaults) => Work<void>
  /** Adds the data of another database. */
  readonly copy: (from: Reader, to: Database) => Work<void>
  readonly read: (db: Reader) => LazyState
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

  const checkModels = function* (states: readonly NamedState[]): Work<void> {
    for (const { name, state } of states) yield* requireValid(model, name, state)
  }
  /** Yields what writes the next record. */
  const writesOf = function* (states: readonly NamedState[], defaults: Defaults): Generator<Write> {
    const partsOf = (key: string) => sectionParts(states, key)
    const context = { ...defaults, accounts: accountsIn(states), partsOf }
    for (const section of sections) {
      for (const record of section.recordsOf(partsOf(section.key), context)) {
        yield { record, run: db => section.write(db, record) }
      }
    }
  }
  return {
    model,
    validate: function* (states, defaults) {
      yield* checkModels(states)
      const now = yield* startTime(model, states, defaults.now)
      for (const _ of writesOf(states, { ...defaults, now })) yield
    },
    isConstant: function* (states, now) {
      yield* checkModels(states)
      const start = yield* startTime(model, states, now)
      return yield* areSame(
        writesOf(states, { ...WITHOUT_RANDOMNESS, now: start }),
        writesOf(states, { ...WITHOUT_RANDOMNESS, now: END_OF_TIME }),
      )
    },
    load: function* (db, states, defaults) {
      yield* checkModels(states)
      const now = yield* startTime(model, states, defaults.now)
      for (const write of writesOf(states, { ...defaults, now })) {
        write.run(db)
        yield
      }
    },
    copy: (from, to) => copyRows(from, to, tables.toReversed()),
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
function* startTime(model: TSchema, states: readonly NamedState[], now: Timestamp): Work<Timestamp> {
  let start = now
  for (const { state } of states) {
    for (const time of statedTimes(model, state)) {
      if (time > start) start = time
      yield
    }
  }
  return start
}

/** Later than any start. A state may hold times of years to come. */
const END_OF_TIME: Timestamp = '9999-12-31T23:59:59.999999Z'

class RandomnessUsed extends Error {
  override readonly name = 'RandomnessUsed'
}

function rejectRandomness(): never {
  throw new RandomnessUsed()
}

const WITHOUT_RANDOMNESS = { uuid: rejectRandomness, secret: rejectRandomness }

/** A record with the function that writes it. */
interface Write {
  readonly record: unknown
  readonly run: (db: Database) => void
}

/** Whether the same states give the same records at two times. */
function* areSame(some: Iterator<Write>, others: Iterator<Write>): Work<boolean> {
  try {
    for (;;) {
      const [one, other] = [some.next(), others.next()]
      if (one.done) return true
      if (JSON.stringify(one.value.record) !== JSON.stringify(other.value?.record)) return false
      yield
    }
  } catch (error) {
    if (error instanceof RandomnessUsed) return false
    throw error
  }
}

function* requireValid(model: TSchema, name: string, state: State): Work<void> {
  const problem = yield* problemByItem(model, state)
  if (problem) throw new StateError([name, problem.where].filter(Boolean).join(': '), problem.what)
  requireSlowSteps(name, state)
}

function requireSlowSteps(name: string, { scenario = [] }: State): void {
  const index = scenario.findIndex(({ every }) => every !== undefined && parseDuration(every) < MIN_EVERY_MS)
  if (index >= 0) throw new StateError(`${name}: scenario[${index}].every`, 'is shorter than one second')
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
