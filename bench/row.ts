/** What a measurement of a row gave: one number a round, by the name of who was measured. */
export type Series = Readonly<Record<string, readonly number[]>>

/** How much time is spent on it. */
export interface Effort {
  readonly rounds: number
  /** Tunnels in the large world. */
  readonly tunnels: number
}

type Unit = '×' | 'ms' | 'MiB' | '%'

export interface Figure {
  readonly what: string
  readonly unit: Unit
  /** What it must reach; without either it is only told. */
  readonly atMost?: number
  readonly atLeast?: number
  /** Where the short form fails: a ratio so bad that no noise explains it. Never a time. */
  readonly gross?: number
  /** Round by round. */
  readonly of: (series: Series) => readonly number[]
}

export interface Row {
  readonly id: string
  /** Of the series. */
  readonly unit: string
  readonly measure: (effort: Effort) => Promise<Series>
  readonly figures: readonly Figure[]
}

export function seriesOf(series: Series, name: string): readonly number[] {
  return series[name] ?? []
}

function paired(a: string, b: string, combine: (a: number, b: number) => number) {
  return (series: Series) =>
    seriesOf(series, a).map((value, round) => combine(value, seriesOf(series, b)[round] ?? Number.NaN))
}

/** Both were measured one after the other in each round, so a busy moment hits both. */
export function ratio(a: string, b: string) {
  return paired(a, b, (x, y) => x / y)
}

export function difference(a: string, b: string) {
  return paired(a, b, (x, y) => x - y)
}

export function plain(name: string) {
  return (series: Series) => seriesOf(series, name)
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
