import { type Command, Option } from 'commander'
import type { ObjectChange, RestoreRequest, SnapshotSummary } from '../../../schemas/control/snapshot.ts'
import { columns, counted } from '../action.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

export function addSnapshots(program: Command, host: CliHost): void {
  const snapshot = program
    .command('snapshot')
    .alias('snapshots')
    .helpCommand(false)
    .description('Save the state of a world under a name, and restore it')

  const list = snapshot.command('list', { isDefault: true }).description('List the snapshots (the default)')
  setRemoteAction(list, host, async ({ control }) => {
    const snapshots = await control.listSnapshots()
    return { text: columns(snapshots.map(row)) || 'no snapshots', json: snapshots }
  })

  const save = snapshot.command('save').description('Save the state as it is now').argument('<NAME>')
  setRemoteAction(save, host, async ({ control, args: [name = ''] }) => {
    const saved = await control.saveSnapshot({ name })
    return { text: `saved ${row(saved).join(', ')}`, json: saved }
  })

  const changes = snapshot
    .command('changes')
    .description('List what changed since a state was saved')
    .argument('<NAME>')
  setRemoteAction(changes, host, async ({ control, args: [name = ''] }) => {
    const compared = await control.getSnapshotChanges({ name })
    return { text: columns(compared.changes.map(changeRow)) || `no changes since ${name}`, json: compared }
  })

  const restore = snapshot
    .command('restore')
    .alias('load')
    .description('Restore a saved state')
    .argument('<NAME>')
    .addOption(new Option('--keep <PART...>', 'Leave the request log or the faults as they are').choices(PARTS))
  setRemoteAction<RestoreRequest>(restore, host, async ({ control, args: [name = ''], flags }) => ({
    text: `restored ${name}`,
    json: await control.restoreSnapshot({ name, ...flags }),
  }))

  const remove = snapshot.command('delete').alias('rm').description('Delete a snapshot').argument('<NAME>')
  setRemoteAction(remove, host, async ({ control, args: [name = ''] }) => ({
    text: `deleted ${name}`,
    json: await control.deleteSnapshot({ name }),
  }))
}

const PARTS = ['requests', 'faults']

function changeRow({ change, section, name, id, fields = [], before, status }: ObjectChange): string[] {
  const details = [...fields, ...(before && status ? [`${before} → ${status}`] : [])]
  return [change, section, name ?? id ?? '', details.join(', ')]
}

function row({ name, taken_at, tunnels }: SnapshotSummary): string[] {
  return [name, taken_at, counted(tunnels, 'tunnel')]
}
