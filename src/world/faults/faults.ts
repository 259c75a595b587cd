import type { FaultEffect, FaultRule } from '../../../schemas/control/fault.ts'
import type { Counters } from '../counters.ts'
import type { FaultAnnouncements } from './announcements.ts'
import { type FaultCall, type KnownOperation, matches, whyUnmatchable } from './rules.ts'
import { createFaultTable, type FaultTable, type SavedFaults } from './table.ts'

export interface FaultSettings {
  /** False: faults are turned off, so `add` throws. */
  readonly isOn?: boolean
  readonly knownOperations: readonly KnownOperation[]
  /**
   * A random number from 0 up to 1; undefined without a random seed, as it would not be repeatable.
   */
  readonly fraction: (() => number) | undefined
  readonly announcements: FaultAnnouncements
  readonly counters: Counters
  readonly saved?: SavedFaults<FaultRule> | undefined
}

/** The fault rules of a world. `gateway/fault-injection.ts` applies them. */
export type Faults = FaultTable<FaultRule, FaultCall>

export function createFaults({ isOn = true, knownOperations, ...settings }: FaultSettings): Faults {
  return createFaultTable<FaultRule, FaultCall>({
    ...settings,
    isOn,
    idPrefix: 'fault',
    matches,
    whyUnmatchable: rule => whyUnmatchable(rule, knownOperations),
    isCumulative,
  })
}

/** Whether other effects can apply to the same call. */
function isCumulative(effect: FaultEffect): boolean {
  return 'latency' in effect || 'stale' in effect
}
