import type { Command } from 'commander'
import { type Said, says } from '../action.ts'
import type { Shell } from '../host.ts'

export function addSeed(program: Command, shell: Shell): void {
  const seed = program.command('seed').helpCommand(false).description('Work on seeds')
  const check = seed
    .command('check', { isDefault: true })
    .description('Tell whether seeds can be planted, without a server')
    .argument('<SEED...>', 'Files, or names of bundled seeds; each is checked alone')
  says(check, shell, async ({ args }) => {
    const { requirePlantable } = await import('../seed-reload.ts')
    return told(args.map(seed => verdictOn(seed, requirePlantable)))
  })
}

interface Verdict {
  readonly seed: string
  readonly ok: boolean
  /** With the file and the place in it. */
  readonly problem: string | null
}

function told(verdicts: readonly Verdict[]): Said {
  return {
    text: verdicts.map(({ seed, problem }) => problem ?? `${seed}: fine`).join('\n'),
    json: verdicts,
    failed: verdicts.some(({ ok }) => !ok),
  }
}

function verdictOn(seed: string, check: (seeds: readonly string[]) => unknown): Verdict {
  try {
    check([seed])
    return { seed, ok: true, problem: null }
  } catch (error) {
    return { seed, ok: false, problem: error instanceof Error ? error.message : String(error) }
  }
}
