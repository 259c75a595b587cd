/** What was measured: how `results.json` keeps it, and how the table shows it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Figure, Row, Series } from './row.ts'
import { type Spread, spreadOf } from './statistics.ts'

interface Measured {
  readonly row: string
  readonly what: string
  readonly unit: string
  /** Empty if the figure is only reported. */
  readonly bar: string
  /** Null if there is no bar. */
  readonly met: boolean | null
  readonly value: Spread
}

export interface Results {
  readonly node: string
  readonly processor: string
  readonly cores: number
  readonly figures: readonly Measured[]
  /** The measurements that the figures are computed from, by row and contender. */
  readonly series: Readonly<Record<string, { readonly unit: string; readonly of: Readonly<Record<string, Spread>> }>>
}

const FILE = new URL('results.json', import.meta.url)

const MACHINE = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length }

export const NO_RESULTS: Results = { ...MACHINE, figures: [], series: {} }

export function readResults(): Results {
  return JSON.parse(readFileSync(FILE, 'utf8'))
}

export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`)
}

/** Replaces what the results have of a row. */
export function withRow(results: Results, row: Row, series: Series): Results {
  return {
    ...MACHINE,
    figures: [
      ...results.figures.filter(figure => figure.row !== row.id),
      ...row.figures.filter(({ of }) => of(series).length > 0).map(measured(row, series)),
    ],
    series: {
      ...results.series,
      [row.id]: {
        unit: row.unit,
        of: Object.fromEntries(Object.entries(series).map(([name, values]) => [name, spreadOf(values)])),
      },
    },
  }
}

function measured({ id }: Row, series: Series) {
  return (figure: Figure): Measured => {
    const value = spreadOf(figure.of(series))
    return { row: id, what: figure.what, unit: figure.unit, bar: barOf(figure), met: isMet(figure, value), value }
  }
}

function barOf({ atMost, atLeast, unit }: Figure): string {
  if (atMost !== undefined) return `≤ ${atMost} ${unit}`
  return atLeast === undefined ? '' : `≥ ${atLeast} ${unit}`
}

function isMet({ atMost, atLeast }: Figure, { median }: Spread): boolean | null {
  if (atMost !== undefined) return median <= atMost
  return atLeast === undefined ? null : median >= atLeast
}

/** Whether a figure is so far beyond its bar that noise does not explain it. */
export function isFailure({ failsAt, atLeast, of }: Figure, series: Series): boolean {
  if (failsAt === undefined) return false
  const { median } = spreadOf(of(series))
  return atLeast === undefined ? median > failsAt : median < failsAt
}

/** Markdown, which reads well in a terminal too. */
export function tableOf({ figures }: Results): string {
  return [
    '| what | bar | median | quartiles | met |',
    '| --- | --- | --- | --- | --- |',
    ...figures.map(({ what, unit, bar, met, value }) =>
      [
        '',
        what,
        bar,
        `${rounded(value.median)} ${unit}`,
        `${rounded(value.low)} … ${rounded(value.high)}`,
        met === null ? '' : met ? 'yes' : '**no**',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n')
}

/** Three significant digits, or all digits of a whole part that is longer. */
function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}
