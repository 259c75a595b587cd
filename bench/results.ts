/** What was measured, as it is kept and as it is shown. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Figure, Row, Series } from './row.ts'
import { type Spread, spreadOf } from './statistics.ts'

export interface Measured {
  readonly row: string
  readonly what: string
  readonly unit: string
  readonly must: string
  /** Null where nothing is asked. */
  readonly reached: boolean | null
  readonly value: Spread
}

export interface Results {
  readonly node: string
  readonly processor: string
  readonly cores: number
  readonly figures: readonly Measured[]
  /** What the figures were made of. */
  readonly series: Readonly<Record<string, { readonly unit: string; readonly of: Readonly<Record<string, Spread>> }>>
}

const FILE = new URL('results.json', import.meta.url)

const MACHINE = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length }

export const NOTHING: Results = { ...MACHINE, figures: [], series: {} }

export function readResults(): Results {
  return JSON.parse(readFileSync(FILE, 'utf8'))
}

export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`)
}

/** The results with those of a row in the place of what was known of it. */
export function withRow(results: Results, row: Row, series: Series): Results {
  return {
    ...MACHINE,
    figures: [...results.figures.filter(figure => figure.row !== row.id), ...row.figures.map(measured(row, series))],
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
    return {
      row: id,
      what: figure.what,
      unit: figure.unit,
      must: mustOf(figure),
      reached: isReached(figure, value),
      value,
    }
  }
}

function mustOf({ atMost, atLeast, unit }: Figure): string {
  if (atMost !== undefined) return `≤ ${atMost} ${unit}`
  return atLeast === undefined ? '' : `≥ ${atLeast} ${unit}`
}

function isReached({ atMost, atLeast }: Figure, { median }: Spread): boolean | null {
  if (atMost !== undefined) return median <= atMost
  return atLeast === undefined ? null : median >= atLeast
}

/** Worse than any noise explains. */
export function isGross({ gross, atLeast, of }: Figure, series: Series): boolean {
  if (gross === undefined) return false
  const { median } = spreadOf(of(series))
  return atLeast === undefined ? median > gross : median < gross
}

/** As Markdown, which reads well in a terminal too. */
export function tableOf({ figures }: Results): string {
  return [
    '| what | must reach | median | quartiles | reached |',
    '| --- | --- | --- | --- | --- |',
    ...figures.map(({ what, unit, must, reached, value }) =>
      [
        '',
        what,
        must,
        `${rounded(value.median)} ${unit}`,
        `${rounded(value.low)} … ${rounded(value.high)}`,
        reached === null ? '' : reached ? 'yes' : '**no**',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n')
}

/** Three digits that mean something. */
function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}
