import type { FaultEffect, FaultReport, FaultRule } from '../../../schemas/control/fault.ts'
import { microsOf, millisOf } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { type FaultCall, type KnownOperation, matches, objectionTo } from './rules.ts'

/** A rule that could never do anything; the message says why in one clear sentence. */
export class FaultError extends Error {}

export interface FaultSources {
  /** False: no call is looked at, so no rule could do anything. */
  readonly isOn?: boolean
  readonly knownOperations: readonly KnownOperation[]
  /** From 0 up to 1; undefined where chance cannot be repeated. */
  readonly fraction: (() => number) | undefined
}

/** What is to go wrong in a world, as data; `fault-injection.ts` carries it out. */
export interface Faults {
  /** False: nothing can go wrong, so there is no need to take. */
  readonly areSet: () => boolean
  /** Throws a FaultError for a rule that could never do anything. */
  readonly add: (rule: FaultRule, now: Timestamp) => FaultReport
  /** In the order in which they were written. */
  readonly list: (now: Timestamp) => FaultReport[]
  /** What was removed, as it was at last; undefined when there is no such rule. */
  readonly remove: (id: string, now: Timestamp) => FaultReport | undefined
  readonly clear: (now: Timestamp) => FaultReport[]
  /**
   * Counts a call and says what goes wrong with it. Rules are asked in the order in which they were written. Every latency
   * and every stale is taken; of the other effects only the first, and a rule that comes too late has no hit.
   */
  readonly take: (call: FaultCall, now: Timestamp) => readonly FaultEffect[]
}

interface Entry {
  readonly id: string
  readonly rule: FaultRule
  readonly written_at: Timestamp
  seen: number
  hits: number
}

export function createFaults({ isOn = true, knownOperations, fraction }: FaultSources): Faults {
  const entries = new Map<string, Entry>()
  let lastId = 0

  const list = (now: Timestamp) => [...entries.values()].map(entry => reportOf(entry, now))

  const isLucky = ({ probability }: FaultRule): boolean =>
    probability === undefined || fraction === undefined || fraction() < probability

  return {
    areSet: () => entries.size > 0,

    add: (rule, now) => {
      if (!isOn) throw new FaultError('faults were turned off with --inject-faults false')
      const objection = objectionTo(rule, knownOperations, fraction !== undefined)
      if (objection !== undefined) throw new FaultError(objection)

      lastId += 1
      const entry = { id: `fault-${lastId}`, rule, written_at: now, seen: 0, hits: 0 }
      entries.set(entry.id, entry)
      return reportOf(entry, now)
    },

    list,

    remove: (id, now) => {
      const entry = entries.get(id)
      entries.delete(id)
      return entry && reportOf(entry, now)
    },

    clear: now => {
      const reports = list(now)
      entries.clear()
      return reports
    },

    take: (call, now) => {
      const effects: FaultEffect[] = []
      for (const entry of entries.values()) {
        const { rule } = entry
        if (!matches(rule, call)) continue

        const isOver = isExhausted(entry, now)
        entry.seen += 1
        const isLate = !addsUp(rule.effect) && !effects.every(addsUp)
        if (isOver || isLate || !isTurn(entry) || !isLucky(rule)) continue

        entry.hits += 1
        effects.push(rule.effect)
      }
      return effects
    },
  }
}

function reportOf(entry: Entry, now: Timestamp): FaultReport {
  const { id, rule, hits, seen } = entry
  return { id, ...rule, hits, seen, exhausted: isExhausted(entry, now) }
}

function isExhausted({ rule: { times, nth, ttl }, seen, hits, written_at }: Entry, now: Timestamp): boolean {
  return (
    (times !== undefined && hits >= times) ||
    (nth !== undefined && seen >= nth) ||
    (ttl !== undefined && microsOf(now) >= microsOf(written_at) + millisOf(ttl) * 1_000)
  )
}

/** Whether the call that was seen last is one for the rule to act on. */
function isTurn({ rule: { nth, after = 0, every = 1 }, seen }: Entry): boolean {
  return nth === undefined ? seen > after && (seen - after) % every === 0 : seen === nth
}

/** Whether an effect changes how a call is answered, and leaves the answer to others. */
function addsUp(effect: FaultEffect): boolean {
  return 'latency' in effect || 'stale' in effect
}
