import type { FaultEffect, FaultReport, FaultRule } from '../../../schemas/control/fault.ts'
import { parseDuration } from '../../../schemas/duration.ts'
import { microsOf } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { type FaultCall, type KnownOperation, matches, whyUseless } from './rules.ts'

/** A fault rule that could never take effect; the message says why. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}

export interface FaultSettings {
  /** False: faults are turned off, so `add` throws. */
  readonly isOn?: boolean
  readonly knownOperations: readonly KnownOperation[]
  /**
   * A random number from 0 up to 1; undefined without a random seed, as it would not be repeatable.
   */
  readonly fraction: (() => number) | undefined
}

/** The fault rules of a world. `gateway/fault-injection.ts` applies them. */
export interface Faults {
  /** True: there are no rules, so callers can skip `take`. */
  readonly isEmpty: () => boolean
  /** Throws a FaultError for a rule that could never take effect. */
  readonly add: (rule: FaultRule, now: Timestamp) => FaultReport
  /** Oldest first. */
  readonly list: (now: Timestamp) => FaultReport[]
  /** Returns the removed rule in its last state; undefined if no rule has this id. */
  readonly remove: (id: string, now: Timestamp) => FaultReport | undefined
  readonly clear: (now: Timestamp) => FaultReport[]
  /**
   * Counts a call and returns the effects on it. Rules apply oldest first: every latency and every
   * stale, but only the first of the other effects. A rule whose effect is skipped counts no hit.
   */
  readonly take: (call: FaultCall, now: Timestamp) => readonly FaultEffect[]
}

interface Entry {
  readonly id: string
  readonly rule: FaultRule
  readonly added_at: Timestamp
  seen: number
  hits: number
}

export function createFaults({ isOn = true, knownOperations, fraction }: FaultSettings): Faults {
  const entries = new Map<string, Entry>()
  let lastId = 0

  const list = (now: Timestamp) => [...entries.values()].map(entry => reportOf(entry, now))

  const isSelectedByChance = ({ probability }: FaultRule): boolean =>
    probability === undefined || fraction === undefined || fraction() < probability

  return {
    isEmpty: () => entries.size === 0,

    add: (rule, now) => {
      if (!isOn) throw new FaultError('faults were turned off with --inject-faults false')
      const problem = whyUseless(rule, knownOperations, fraction !== undefined)
      if (problem !== undefined) throw new FaultError(problem)

      lastId += 1
      const entry = { id: `fault-${lastId}`, rule, added_at: now, seen: 0, hits: 0 }
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
        const isSkipped = !isCumulative(rule.effect) && !effects.every(isCumulative)
        if (isOver || isSkipped || !isSelectedByCount(entry) || !isSelectedByChance(rule)) continue

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

function isExhausted({ rule: { times, nth, ttl }, seen, hits, added_at }: Entry, now: Timestamp): boolean {
  return (
    (times !== undefined && hits >= times) ||
    (nth !== undefined && seen >= nth) ||
    (ttl !== undefined && microsOf(now) >= microsOf(added_at) + parseDuration(ttl) * 1_000)
  )
}

/** Whether the rule's counters select the call that it saw last. */
function isSelectedByCount({ rule: { nth, after = 0, every = 1 }, seen }: Entry): boolean {
  return nth === undefined ? seen > after && (seen - after) % every === 0 : seen === nth
}

/** Whether other effects can apply to the same call. */
function isCumulative(effect: FaultEffect): boolean {
  return 'latency' in effect || 'stale' in effect
}
