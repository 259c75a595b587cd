import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

export function addReset(program: Command, host: CliHost): void {
  const reset = program
    .command('reset')
    .description('Start anew: data, clock, chance, faults, journal, agenda')
    .argument('[TO]', 'seed, empty or the name of a snapshot; default: seed')
  setRemoteAction(reset, host, async ({ control, args: [to = 'seed'] }) => ({
    text: `reset to ${to}`,
    json: await control.reset({ to }),
  }))
}
