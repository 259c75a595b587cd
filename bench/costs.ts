/** The tables of docs/costs.md: what users pay for what, from the results. */
import type { Results } from './results.ts'
import type { Spread } from './statistics.ts'

const MIB_IN_A_GIB = 1_024

function medianOf({ series }: Results, row: string, name: string): number {
  return series[row]?.of[name]?.median ?? Number.NaN
}

function mib(size: number): string {
  return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} MiB`
}

export function worldCosts(results: Results): string {
  const sizeOf = (name: string): number => medianOf(results, 'memory', name)
  const fittingInAGib = (size: number): number => Math.floor((MIB_IN_A_GIB - sizeOf('mockflared')) / size / 10) * 10
  const rowOf = (what: string, name: string): string =>
    `| ${what} | ${mib(sizeOf(name))} | ${fittingInAGib(sizeOf(name))} |`
  return [
    '| what | memory | this many fit in a gigabyte, besides the server |',
    '| --- | --- | --- |',
    `| the server with its main world, idle | ${mib(sizeOf('mockflared'))} | |`,
    rowOf('one more world, empty', 'empty world'),
    rowOf('one more world of a dozen tunnels, after 100 requests of all kinds', 'busy world'),
    rowOf('one more world of 1,000 tunnels, 600 of them with a connector', 'world of 1,000 tunnels'),
    `| 10,000 creates over the API, with their entries in the request log | ${mib(sizeOf('creates'))} | |`,
    `| the same with \`--journal-size 0\` | ${mib(sizeOf('creates, no request log'))} | |`,
  ].join('\n')
}

/** In the order of the figures of the row `switches`. */
const SWITCHES = [
  ['all three together', 'all three switches'],
  ['the request log', '`--journal-size 0`'],
  ['faults, while none is set', '`--no-inject-faults`'],
  ['response checks', '`--no-check-responses`'],
] as const

export function switchCosts({ figures }: Results): string {
  const costs = figures.filter(({ row }) => row === 'switches').map(({ value }) => costText(value))
  return [
    '| what | switch | part of the processor time of a GET |',
    '| --- | --- | --- |',
    ...SWITCHES.map(([what, flag], nth) => `| ${what} | ${flag} | ${costs[nth]} |`),
  ].join('\n')
}

function costText({ median, low, high }: Spread): string {
  // A quarter of the rounds found no cost at all.
  if (low <= 0) return 'too little to measure'
  return `${median.toFixed(0)} %, half of the rounds ${low.toFixed(0)} … ${high.toFixed(0)} %`
}
