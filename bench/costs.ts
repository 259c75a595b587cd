/** What a user pays for what, from the results: the figures of docs/costs.md. */
import type { Results } from './results.ts'
import type { Spread } from './statistics.ts'

const MIB_OF_A_GIB = 1_024

function medianOf({ series }: Results, row: string, name: string): number {
  return series[row]?.of[name]?.median ?? Number.NaN
}

function mib(size: number): string {
  return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} MiB`
}

export function worldCosts(results: Results): string {
  const sizeOf = (name: string): number => medianOf(results, 'memory', name)
  const fitting = (size: number): number => Math.floor((MIB_OF_A_GIB - sizeOf('mockflared')) / size / 10) * 10
  const rowOf = (what: string, name: string): string => `| ${what} | ${mib(sizeOf(name))} | ${fitting(sizeOf(name))} |`
  return [
    '| what | memory | of these fit in a gigabyte beside the server |',
    '| --- | --- | --- |',
    `| the server with its main world, idle | ${mib(sizeOf('mockflared'))} | |`,
    rowOf('one more world, empty', 'world'),
    rowOf('one more world of 1,000 tunnels, 600 of them with a connector', 'full world'),
    `| 10,000 creates over the API, with what the journal keeps of them | ${mib(sizeOf('creates'))} | |`,
    `| the same with \`--journal-size 0\` | ${mib(sizeOf('creates, no journal'))} | |`,
  ].join('\n')
}

/** In the order of the figures of the row. */
const SWITCHES = [
  ['all three together', 'all three'],
  ['the journal', '`--journal-size 0`'],
  ['faults, while none is set', '`--inject-faults false`'],
  ['response checks', '`--check-responses false`'],
] as const

export function switchCosts({ figures }: Results): string {
  const shares = figures.filter(({ row }) => row === 'guards').map(({ value }) => shareOf(value))
  return [
    '| what | switched off by | of the processor time of a GET |',
    '| --- | --- | --- |',
    ...SWITCHES.map(([what, flag], nth) => `| ${what} | ${flag} | ${shares[nth]} |`),
  ].join('\n')
}

/** Where rounds differ by more than it is worth, there is nothing to tell. */
function shareOf({ median, low, high }: Spread): string {
  return low <= 0
    ? 'too little to measure'
    : `${median.toFixed(0)} %, half of the rounds ${low.toFixed(0)} … ${high.toFixed(0)} %`
}
