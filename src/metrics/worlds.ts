import { Counter, Gauge, type Registry } from 'prom-client'
import type { Database } from '../store/database.ts'
import type { Counted, Counters } from '../world/counters.ts'
import type { Worlds } from '../worlds/registry.ts'

interface CounterDetails {
  readonly name: string
  readonly help: string
  readonly label?: string
  /** The values of the label that are there from the start, as Prometheus wants it. */
  readonly values?: readonly string[]
}

/** By what `Counters` counts. */
const COUNTERS: Readonly<Record<Counted, CounterDetails>> = {
  worlds_created: {
    name: 'mockflared_worlds_created_total',
    help: 'Worlds that were created, by what they began with.',
    label: 'from',
    values: ['seed', 'empty', 'current', 'snapshot'],
  },
  worlds_removed: {
    name: 'mockflared_worlds_removed_total',
    help: 'Worlds that were deleted, or dropped because nobody used them.',
    label: 'reason',
    values: ['deleted', 'idle'],
  },
  worlds_refused: {
    name: 'mockflared_worlds_refused_total',
    help: 'Worlds that were not created: there were too many, or their id was taken.',
    label: 'reason',
    values: ['limit', 'taken'],
  },
  storage_failures: {
    name: 'mockflared_storage_failures_total',
    help: 'Requests that failed because the data could not be read or stored.',
  },
  faults_injected: {
    name: 'mockflared_faults_injected_total',
    help: 'Injected faults that acted on a call, by their effect.',
    label: 'kind',
  },
}

export function showWorlds(registry: Registry, worlds: Worlds): void {
  const registers = [registry]
  new Gauge({
    name: 'mockflared_worlds',
    help: 'Worlds, not counting the main one.',
    registers,
    collect() {
      this.set(worlds.count() - 1)
    },
  })
  new Gauge({
    name: 'mockflared_worlds_limit',
    help: 'How many worlds there may be, not counting the main one.',
    aggregator: 'max',
    registers,
  }).set(worlds.limits.max_worlds)
  new Gauge({
    name: 'mockflared_storage_bytes',
    help: 'Size of the open databases of worlds and snapshots, in memory or in files.',
    labelNames: ['kind'],
    registers,
    collect() {
      const sizes = { memory: 0, file: 0 }
      for (const db of worlds.databases()) sizes[db.isInMemory ? 'memory' : 'file'] += sizeOf(db)
      for (const [kind, size] of Object.entries(sizes)) this.set({ kind }, size)
    },
  })
  for (const [counted, details] of Object.entries(COUNTERS)) {
    showCounter(registry, worlds.counters, counted as Counted, details)
  }
}

function showCounter(
  registry: Registry,
  counters: Counters,
  counted: Counted,
  { name, help, label, values = [] }: CounterDetails,
): void {
  new Counter({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    collect() {
      this.reset()
      for (const value of values) this.inc({ [String(label)]: value }, 0)
      for (const [value, count] of counters.read(counted))
        this.inc(label === undefined ? {} : { [label]: value }, count)
    },
  })
}

function sizeOf(db: Database): number {
  return db.value<number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size') ?? 0
}
