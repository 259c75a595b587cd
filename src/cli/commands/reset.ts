import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

export function addReset(program: Command, host: CliHost): void {
  const reset = program
    .command('reset')
    .description('Reset everything: data, clock, random numbers, faults, request log, scheduled jobs')
    .argument('[TO]', 'seed, empty or the name of a snapshot [seed]')
  setRemoteAction(reset, host, async ({ control, args: [to = 'seed'] }) => ({
    text: `reset to ${to}`,
    json: await control.reset({ to }),
  }))
}
