import type { Command } from 'commander'
import type { SnapshotSummary } from '../../../schemas/control/world.ts'
import { columns } from '../action.ts'
import type { Shell } from '../host.ts'
import { asks } from '../remote.ts'

export function addReset(program: Command, shell: Shell): void {
  const reset = program
    .command('reset')
    .description('Start anew: data, clock, chance, faults, journal, agenda')
    .argument('[TO]', 'seed, empty or the name of a snapshot; default: seed')
  asks(reset, shell, async ({ control, args: [to = 'seed'] }) => ({
    text: `reset to ${to}`,
    json: await control.reset({ to }),
  }))
}

export function addSnapshots(program: Command, shell: Shell): void {
  const snapshot = program
    .command('snapshot')
    .helpCommand(false)
    .description('Keep a world under a name, and put it back')

  const list = snapshot.command('list', { isDefault: true }).description('List them')
  asks(list, shell, async ({ control }) => {
    const snapshots = await control.listSnapshots()
    return { text: columns(snapshots.map(row)) || 'no snapshots', json: snapshots }
  })

  const save = snapshot.command('save').description('Save the world as it is now').argument('<NAME>')
  asks(save, shell, async ({ control, args: [name = ''] }) => {
    const saved = await control.saveSnapshot({ name })
    return { text: `saved ${row(saved).join(', ')}`, json: saved }
  })

  const load = snapshot.command('load').description('Put the world back as it was').argument('<NAME>')
  asks(load, shell, async ({ control, args: [name = ''] }) => ({
    text: `loaded ${name}`,
    json: await control.restoreSnapshot({ name }),
  }))

  const remove = snapshot.command('rm').description('Forget a snapshot').argument('<NAME>')
  asks(remove, shell, async ({ control, args: [name = ''] }) => ({
    text: `removed ${name}`,
    json: await control.deleteSnapshot({ name }),
  }))
}

function row({ name, taken_at, tunnels }: SnapshotSummary): string[] {
  return [name, taken_at, counted(tunnels, 'tunnel')]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
