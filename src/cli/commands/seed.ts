import type { Command } from 'commander'
import { type Output, setOutputAction } from '../action.ts'
import type { CliHost } from '../host.ts'

export function addSeed(program: Command, host: CliHost): void {
  const seed = program.command('seed').helpCommand(false).description('Validate seed files')
  const check = seed
    .command('check', { isDefault: true })
    .description('Validate seeds, without a server (the default)')
    .argument('<SEED...>', 'Files, folders or names of bundled seeds; each is checked on its own')
  setOutputAction(check, host, async ({ args }) => outputOf(await Promise.all(args.map(seed => resultOf(seed, host)))))
}

interface SeedResult {
  readonly seed: string
  readonly ok: boolean
  /** Names the file and the place in it. */
  readonly problem: string | null
}

function outputOf(results: readonly SeedResult[]): Output {
  return {
    text: results.map(({ seed, problem }) => problem ?? `${seed}: valid`).join('\n'),
    json: results,
    isNegative: results.some(({ ok }) => !ok),
  }
}

async function resultOf(seed: string, { validateSeeds }: CliHost): Promise<SeedResult> {
  try {
    await validateSeeds([seed])
    return { seed, ok: true, problem: null }
  } catch (error) {
    return { seed, ok: false, problem: error instanceof Error ? error.message : String(error) }
  }
}
