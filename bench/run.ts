/**
 * npm run bench              measure every row and print the table
 * npm run bench -- ROW …     measure some rows; results.json keeps its results of the others
 * npm run bench -- --short   measure quickly, write nothing, fail if a figure is far beyond its bar
 */
import { argv, exit, stderr, stdout } from 'node:process'
import { isWrkInstalled } from './load.ts'
import { isFailure, NO_RESULTS, type Results, readResults, tableOf, withRow, writeResults } from './results.ts'
import type { Effort } from './row.ts'
import { ROWS } from './rows.ts'

const FULL: Effort = { rounds: 9, warmUpRequests: 60_000, starts: 3, accountSizes: [1_000, 10_000, 100_000] }
const SHORT: Effort = { rounds: 2, warmUpRequests: 10_000, starts: 1, accountSizes: [1_000, 10_000] }

const [isShort, names] = [argv.includes('--short'), argv.slice(2).filter(name => !name.startsWith('--'))]
const unknown = names.filter(name => !ROWS.some(({ id }) => id === name))
if (unknown.length > 0) {
  stderr.write(`unknown row ${unknown.join(', ')}; the rows are ${ROWS.map(({ id }) => id).join(', ')}\n`)
  exit(1)
}

if (!isWrkInstalled()) {
  stderr.write('wrk, which makes the load, is not on the PATH: apt-get install wrk, or brew install wrk\n')
  exit(1)
}

/** The order of `ROWS`, whichever row was measured last, and nothing of rows that no longer exist. */
function inOrder({ figures, series, ...others }: Results): Results {
  return {
    ...others,
    figures: ROWS.flatMap(({ id }) => figures.filter(({ row }) => row === id)),
    series: Object.fromEntries(ROWS.flatMap(({ id }) => (series[id] ? [[id, series[id]]] : []))),
  }
}

const failures: string[] = []
let results: Results = names.length > 0 && !isShort ? readResults() : NO_RESULTS
for (const row of ROWS.filter(({ id, isSkipped }) => !isSkipped && (names.length === 0 || names.includes(id)))) {
  const started = performance.now()
  stderr.write(`${row.id} … `)
  const series = await row.measure(isShort ? SHORT : FULL)
  stderr.write(`${((performance.now() - started) / 1_000).toFixed(0)} s\n`)
  results = inOrder(withRow(results, row, series))
  failures.push(
    ...row.figures
      .filter(figure => isFailure(figure, series))
      .map(({ what, unit, failsAt }) => `${what}: beyond ${failsAt} ${unit}`),
  )
  if (!isShort) writeResults(results)
}
stdout.write(`${tableOf(results)}\n`)

if (isShort && failures.length > 0) {
  stderr.write(`far beyond the bar:\n${failures.join('\n')}\n`)
  exit(1)
}
