import { parseDuration } from '../../../schemas/duration.ts'
import { plusMillis } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { Counters } from '../counters.ts'
import type { FaultAnnouncements } from './announcements.ts'

/** A fault rule that could never take effect; the message says why. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}

/** Which of the calls that a rule matches it acts on. */
interface Selection {
  readonly nth?: number | undefined
  readonly every?: number | undefined
  readonly after?: number | undefined
  readonly times?: number | undefined
  readonly ttl?: string | 0 | undefined
  readonly probability?: number | undefined
}

interface Rule<Effect> extends Selection {
  readonly effect: Effect
}

/** A rule as it was added, with its hits. */
type Report<R> = R & { id: string; hits: number; seen: number; exhausted: boolean }

export interface FaultTableSettings<R extends Rule<unknown>, Call> {
  /** False: faults are turned off, so `add` throws. */
  readonly isOn: boolean
  /**
   * A random number from 0 up to 1; undefined without a random seed, as it would not be repeatable.
   */
  readonly fraction: (() => number) | undefined
  /** Before the number of each id. */
  readonly idPrefix: string
  readonly matches: (rule: R, call: Call) => boolean
  /** Why no call can match the rule; undefined if one can. */
  readonly whyUnmatchable: (rule: R) => string | undefined
  /** Whether other effects can apply to the same call. */
  readonly isCumulative: (effect: R['effect']) => boolean
  readonly announcements: FaultAnnouncements
  readonly counters: Counters
  readonly saved?: SavedFaults<R> | undefined
}

/** The rules of a world that is not open. */
export interface SavedFaults<R> {
  readonly last_id: number
  /** Oldest first. */
  readonly entries: readonly Readonly<Entry<R>>[]
}

/** A rule that acts on a call. */
interface Hit<R extends Rule<unknown>> {
  readonly id: string
  readonly effect: R['effect']
}

/** Fault rules of any kind, with their counters. */
export interface FaultTable<R extends Rule<unknown>, Call> {
  /** True: there are no rules, so callers can skip `take`. */
  readonly isEmpty: () => boolean
  /** Throws a FaultError for a rule that could never take effect. */
  readonly add: (rule: R, now: Timestamp) => Report<R>
  /** Oldest first. */
  readonly list: (now: Timestamp) => Report<R>[]
  /** Returns the removed rule in its last state; undefined if no rule has this id. */
  readonly remove: (id: string, now: Timestamp) => Report<R> | undefined
  readonly clear: (now: Timestamp) => Report<R>[]
  /**
   * Counts a call and returns the rules that act on it, oldest first: every cumulative one, but only
   * the first of the others. A rule whose effect is skipped counts no hit. `only`: the id of the
   * only rule that sees the call.
   */
  readonly take: (call: Call, now: Timestamp, only?: string) => readonly Hit<R>[]
  /** Another world has the rules from now on, as they are. */
  readonly moveTo: (announcements: FaultAnnouncements, now: Timestamp) => void
  readonly saved: () => SavedFaults<R>
}

interface Entry<R> {
  readonly id: string
  readonly rule: R
  readonly added_at: Timestamp
  seen: number
  hits: number
}

export function createFaultTable<R extends Rule<unknown>, Call>(
  settings: FaultTableSettings<R, Call>,
): FaultTable<R, Call> {
  const { isOn, fraction, idPrefix, matches, whyUnmatchable, isCumulative, counters } = settings
  let { announcements } = settings
  const { last_id, entries: saved } = settings.saved ?? { last_id: 0, entries: [] }
  const entries = new Map(saved.map(entry => [entry.id, { ...entry }]))
  let lastId = last_id

  const list = (now: Timestamp) => [...entries.values()].map(entry => reportOf(entry, now))

  const removeAll = (removed: readonly Entry<R>[], now: Timestamp): void => {
    for (const { id } of removed) {
      entries.delete(id)
      announcements.removed(id, now)
    }
  }

  const isSelectedByChance = ({ probability }: Selection): boolean =>
    probability === undefined || fraction === undefined || fraction() < probability

  return {
    isEmpty: () => entries.size === 0,

    add: (rule, now) => {
      if (!isOn) throw new FaultError('faults were turned off with --inject-faults false')
      const problem = whyUnmatchable(rule) ?? whyIneffective(rule, fraction !== undefined)
      if (problem !== undefined) throw new FaultError(problem)

      lastId += 1
      const entry = { id: `${idPrefix}-${lastId}`, rule, added_at: now, seen: 0, hits: 0 }
      entries.set(entry.id, entry)
      announcements.added(entry.id, now, endOf(entry))
      return reportOf(entry, now)
    },

    list,

    remove: (id, now) => {
      const entry = entries.get(id)
      if (entry) removeAll([entry], now)
      return entry && reportOf(entry, now)
    },

    clear: now => {
      const reports = list(now)
      removeAll([...entries.values()], now)
      return reports
    },

    take: (call, now, only) => {
      const acting: Hit<R>[] = []
      for (const entry of entries.values()) {
        const { id, rule } = entry
        if (!matches(rule, call) || (only !== undefined && only !== id)) continue

        const isOver = isExhausted(entry, now)
        entry.seen += 1
        const isSkipped = !isCumulative(rule.effect) && !acting.every(hit => isCumulative(hit.effect))
        if (!isOver && !isSkipped && isSelectedByCount(entry) && isSelectedByChance(rule)) {
          entry.hits += 1
          counters.count('faults_injected', kindOf(rule.effect))
          acting.push({ id, effect: rule.effect })
        }
        if (!isOver && isExhausted(entry, now)) announcements.exhausted(id, now)
      }
      return acting
    },

    moveTo: (others, now) => {
      announcements = others
      for (const entry of entries.values()) {
        const end = endOf(entry)
        if (end !== undefined && !isExhausted(entry, now)) announcements.ends(entry.id, end)
      }
    },

    saved: () => ({ last_id: lastId, entries: [...entries.values()] }),
  }
}

/** The one key of an effect. */
function kindOf(effect: unknown): string {
  return Object.keys(Object(effect))[0] ?? ''
}

function reportOf<R extends Selection>(entry: Entry<R>, now: Timestamp): Report<R> {
  const { id, rule, hits, seen } = entry
  return { id, ...rule, hits, seen, exhausted: isExhausted(entry, now) }
}

function isExhausted(entry: Entry<Selection>, now: Timestamp): boolean {
  const {
    rule: { times, nth },
    seen,
    hits,
  } = entry
  const end = endOf(entry)
  return (
    (times !== undefined && hits >= times) || (nth !== undefined && seen >= nth) || (end !== undefined && now >= end)
  )
}

/** Undefined without a lifetime. */
function endOf({ rule: { ttl }, added_at }: Entry<Selection>): Timestamp | undefined {
  return ttl === undefined ? undefined : plusMillis(added_at, parseDuration(ttl))
}

/** Whether the rule's counters select the call that it saw last. */
function isSelectedByCount({ rule: { nth, after = 0, every = 1 }, seen }: Entry<Selection>): boolean {
  return nth === undefined ? seen > after && (seen - after) % every === 0 : seen === nth
}

/** Why the rule never takes effect on the calls that it matches. */
function whyIneffective({ nth, after, every, times, ttl, probability }: Selection, hasSeed: boolean) {
  if (nth !== undefined && [after, every, times].some(given => given !== undefined)) {
    return 'nth is one call alone: it does not go together with after, every or times'
  }
  if (ttl !== undefined && parseDuration(ttl) === 0) return 'a ttl of 0 is over before the first call'
  if (probability === 0) return 'a probability of 0 never acts'
  if (probability !== undefined && !hasSeed) {
    return 'probability needs chance that can be repeated: start the server with --random-seed'
  }
  return undefined
}
