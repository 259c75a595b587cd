import type { Memory } from './soak-server.ts'

/** What we measure when a lap is over and its world deleted. */
export interface Sample {
  /** Number of calls until then. */
  readonly calls: number
  readonly memory: Memory
  readonly p50_ms: number
  readonly p99_ms: number
}

/** How much memory may grow from the earlier half of the samples to the later one. Resident memory is noisier. */
const TOLERANCE = { heap: 1.1, rss: 1.25 }

export interface Verdict {
  /** Memory of the later samples as a multiple of the earlier ones. */
  readonly heap: number
  readonly rss: number
  readonly p99: number
  readonly leaks: boolean
  /** The smallest leak that this soak would find, in bytes a call. */
  readonly visible_leak: number
}

/**
 * Every sample is of the same state, so growth is a leak. The first quarter does not count: code,
 * statements and pools warm up.
 */
export function judge(samples: readonly Sample[]): Verdict {
  const warm = samples.slice(Math.floor(samples.length / 4))
  const half = Math.floor(warm.length / 2)
  const [early, late] = [warm.slice(0, half), warm.slice(-half)]
  const growth = (of: (sample: Sample) => number): number => median(late.map(of)) / median(early.map(of))

  const heap = growth(heapOf)
  const rss = growth(({ memory }) => memory.rss)
  const callsBetween = median(late.map(({ calls }) => calls)) - median(early.map(({ calls }) => calls))
  return {
    heap,
    rss,
    p99: growth(({ p99_ms }) => p99_ms),
    leaks: heap > TOLERANCE.heap || rss > TOLERANCE.rss,
    visible_leak: Math.ceil(((TOLERANCE.heap - 1) * median(early.map(heapOf))) / callsBetween),
  }
}

/** JavaScript objects and the buffers that they own. */
export function heapOf({ memory }: Sample): number {
  return memory.heapUsed + memory.external
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
