/** Prints the tables of bench/fleet.md: `npm run bench:fleet`. Needs nginx and wrk. */
import { stdout } from 'node:process'
import { jobsTable } from './jobs.ts'
import { throughputTable } from './throughput.ts'

for (const table of [throughputTable, jobsTable]) stdout.write(`${(await table()).join('\n')}\n\n`)
