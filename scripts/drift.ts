/**
 * Prints what a newer OpenAPI description of Cloudflare adds, removes or changes compared with
 * `schemas/`. Exit code 0 means no drift, 1 means drift, 2 means an invalid input.
 */
import { argv, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { findDrift } from './description/drift.ts'
import { emulatorDescription } from './description/emulator-description.ts'
import { readDescription } from './description/read.ts'
import { report } from './description/report.ts'

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv.slice(2),
    allowPositionals: true,
    options: { all: { type: 'boolean', default: false } },
  })
  const [source] = positionals
  if (source === undefined || positionals.length > 1) throw new Error('usage: npm run drift -- FILE|URL [--all]')

  const differences = findDrift(await emulatorDescription(), await readDescription(source))
  stdout.write(`${report(differences, values.all).join('\n')}\n`)
  return differences.some(({ deviation }) => deviation === undefined) ? 1 : 0
}

process.exitCode = await main().catch((error: Error) => {
  stderr.write(`drift: ${error.message}\n`)
  return 2
})
