import type { Command } from 'commander'
import type { SnapshotSummary } from '../../../schemas/control/world.ts'
import { columns } from '../action.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

export function addSnapshots(program: Command, host: CliHost): void {
  const snapshot = program
    .command('snapshot')
    .helpCommand(false)
    .description('Keep a world under a name, and put it back')

  const list = snapshot.command('list', { isDefault: true }).description('List them')
  setRemoteAction(list, host, async ({ control }) => {
    const snapshots = await control.listSnapshots()
    return { text: columns(snapshots.map(row)) || 'no snapshots', json: snapshots }
  })

  const save = snapshot.command('save').description('Save the world as it is now').argument('<NAME>')
  setRemoteAction(save, host, async ({ control, args: [name = ''] }) => {
    const saved = await control.saveSnapshot({ name })
    return { text: `saved ${row(saved).join(', ')}`, json: saved }
  })

  const load = snapshot.command('load').description('Put the world back as it was').argument('<NAME>')
  setRemoteAction(load, host, async ({ control, args: [name = ''] }) => ({
    text: `loaded ${name}`,
    json: await control.restoreSnapshot({ name }),
  }))

  const remove = snapshot.command('rm').description('Forget a snapshot').argument('<NAME>')
  setRemoteAction(remove, host, async ({ control, args: [name = ''] }) => ({
    text: `removed ${name}`,
    json: await control.deleteSnapshot({ name }),
  }))
}

function row({ name, taken_at, tunnels }: SnapshotSummary): string[] {
  return [name, taken_at, `${tunnels} tunnel${tunnels === 1 ? '' : 's'}`]
}
