/** What an emulator counts. Each count has a label that tells its parts apart. */
export type Counted = 'worlds_created' | 'worlds_removed' | 'worlds_refused' | 'storage_failures' | 'faults_injected'

/** What happened in all worlds of an emulator since it started. */
export interface Counters {
  readonly count: (what: Counted, label?: string) => void
  /** By label. */
  readonly read: (what: Counted) => ReadonlyMap<string, number>
}

export function createCounters(): Counters {
  const counts: Readonly<Record<Counted, Map<string, number>>> = {
    worlds_created: new Map(),
    worlds_removed: new Map(),
    worlds_refused: new Map(),
    storage_failures: new Map(),
    faults_injected: new Map(),
  }
  return {
    count: (what, label = '') => {
      counts[what].set(label, (counts[what].get(label) ?? 0) + 1)
    },
    read: what => counts[what],
  }
}
