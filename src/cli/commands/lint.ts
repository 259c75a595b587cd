import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

interface LintFlags {
  readonly leftovers?: true
}

export function addLint(program: Command, host: CliHost): void {
  const lint = program
    .command('lint')
    .description('Find what does not fit together; exit with code 1 if there is anything')
    .option('--leftovers', 'Also list what was created and never deleted')
  setRemoteAction<LintFlags>(lint, host, async ({ control, flags: { leftovers = false } }) => {
    const findings = await control.lint({ leftovers })
    return {
      text: findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n') || 'no findings',
      json: findings,
      isNegative: findings.length > 0,
    }
  })
}
