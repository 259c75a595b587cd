/** What one row of the benchmark measured: for each contender, one number a round. */
export type Series = Readonly<Record<string, readonly number[]>>

/** How long to measure. */
export interface Effort {
  readonly rounds: number
  /** V8 compiles while it answers the first requests, so these are not measured. */
  readonly warmUpRequests: number
  /** How often to start a server where two starts differ more than what the row looks for. */
  readonly starts: number
  /** How many tunnels the accounts have whose lists are measured. */
  readonly accountSizes: readonly number[]
}

type Unit = '×' | 'ms' | 'KiB' | 'MiB' | 'MB' | '%' | 'packages'

export interface Figure {
  readonly what: string
  readonly unit: Unit
  /** The bar. A figure without `atMost` and `atLeast` is only reported. */
  readonly atMost?: number
  readonly atLeast?: number
  /** Where `--short` fails: so far beyond the bar that noise does not explain it. Never a time. */
  readonly failsAt?: number
  /** The value of each round; empty if this run did not measure it. */
  readonly of: (series: Series) => readonly number[]
}

export interface Row {
  readonly id: string
  /** The unit of the series. */
  readonly unit: string
  /** Whether this machine lacks what it measures. Then results.json keeps what it has. */
  readonly isSkipped?: boolean
  readonly measure: (effort: Effort) => Promise<Series>
  readonly figures: readonly Figure[]
}

export function seriesOf(series: Series, name: string): readonly number[] {
  return series[name] ?? []
}

function paired(a: string, b: string, combine: (a: number, b: number) => number) {
  return (series: Series): readonly number[] =>
    seriesOf(series, a).map((value, round) => combine(value, seriesOf(series, b)[round] ?? Number.NaN))
}

/** Divides round by round: each round measures both, one after the other, so load on the machine hits both. */
export function ratio(a: string, b: string) {
  return paired(a, b, (x, y) => x / y)
}

export function difference(a: string, b: string) {
  return paired(a, b, (x, y) => x - y)
}

/** The part of the cost of `whole` that `reduced` does not have, in percent. */
export function share(whole: string, reduced: string) {
  return paired(whole, reduced, (x, y) => (1 - y / x) * 100)
}

export function plain(name: string) {
  return (series: Series): readonly number[] => seriesOf(series, name)
}

/** Measures every contender once a round, in turn: A B A B and so on. */
export async function interleaved<T extends string>(
  rounds: number,
  contenders: Readonly<Record<T, () => Promise<number>>>,
): Promise<Record<T, number[]>> {
  const names = Object.keys(contenders) as T[]
  const series = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<T, number[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) series[name].push(await contenders[name]())
  }
  return series
}
