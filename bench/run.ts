/**
 * npm run bench              every row, then the table
 * npm run bench -- NAME …    some rows; the others keep the results that they had
 * npm run bench -- --short   a quick look that keeps nothing, and fails where something became much slower than its peer
 */
import { argv, exit, stderr, stdout } from 'node:process'
import { isLoadAtHand } from './load.ts'
import { isGross, NOTHING, type Results, readResults, tableOf, withRow, writeResults } from './results.ts'
import type { Effort } from './row.ts'
import { ROWS } from './rows.ts'

const FULL: Effort = { rounds: 9, tunnels: 100_000 }
const SHORT: Effort = { rounds: 2, tunnels: 10_000 }

const [isShort, names] = [argv.includes('--short'), argv.slice(2).filter(name => !name.startsWith('--'))]
const unknown = names.filter(name => !ROWS.some(({ id }) => id === name))
if (unknown.length > 0) {
  stderr.write(`there is no row ${unknown.join(', ')}; there are ${ROWS.map(({ id }) => id).join(', ')}\n`)
  exit(1)
}

if (!isLoadAtHand()) {
  stderr.write('the load comes from wrk, which is not on the path: apt-get install wrk, or brew install wrk\n')
  exit(1)
}

/** As the rows stand, whichever was measured last. */
function inOrder({ figures, ...others }: Results): Results {
  return {
    ...others,
    figures: ROWS.flatMap(({ id }) => figures.filter(({ row }) => row === id)),
  }
}

const gross: string[] = []
let results: Results = names.length > 0 && !isShort ? readResults() : NOTHING
for (const row of ROWS.filter(({ id }) => names.length === 0 || names.includes(id))) {
  stderr.write(`${row.id} …\n`)
  const series = await row.measure(isShort ? SHORT : FULL)
  results = inOrder(withRow(results, row, series))
  gross.push(
    ...row.figures
      .filter(figure => isGross(figure, series))
      .map(({ what, gross: limit }) => `${what}: beyond ${limit}`),
  )
  if (!isShort) writeResults(results)
}
stdout.write(`${tableOf(results)}\n`)

if (isShort && gross.length > 0) {
  stderr.write(`much slower than it was:\n${gross.join('\n')}\n`)
  exit(1)
}
