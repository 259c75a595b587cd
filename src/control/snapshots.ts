import type { Input, Result } from '../../schemas/control/control.ts'
import type { SnapshotSummary } from '../../schemas/control/world.ts'
import { countTunnels } from '../resources/tunnels/store.ts'
import { viewOf } from '../store/view.ts'
import type { SavedWorld } from '../worlds/snapshots.ts'
import type { Context } from './context.ts'
import { LargeResult } from './large-result.ts'

export function listSnapshots({ world, worlds }: Context): Result<'listSnapshots'> {
  return worlds.snapshotsOf(world).list().map(summaryOf)
}

export async function saveSnapshot(
  { world, worlds }: Context,
  { name }: Input<'saveSnapshot'>,
): Promise<Result<'saveSnapshot'>> {
  // Runs the jobs that are due, so that the snapshot holds what they change.
  world.now()
  const saved = await worlds.snapshotsOf(world).save(name, world, countTunnels(world.db))
  world.events.emit({ at: world.clock.now(), type: 'snapshot_saved', snapshot: name })
  return summaryOf(saved)
}

export function getSnapshot(
  { world, worlds }: Context,
  { name }: Input<'getSnapshot'>,
): LargeResult<Result<'getSnapshot'>> {
  const { clock, drawn, db } = worlds.snapshotsOf(world).find(name)
  const view = viewOf(db)
  return new LargeResult({ version: 1, name, clock, drawn, state: worlds.data.read(view) }, view.release)
}

export async function restoreSnapshot(
  { world, worlds }: Context,
  { name }: Input<'restoreSnapshot'>,
): Promise<Result<'restoreSnapshot'>> {
  await worlds.restore(world, name)
  return { done: true }
}

export function deleteSnapshot(
  { world, worlds }: Context,
  { name }: Input<'deleteSnapshot'>,
): Result<'deleteSnapshot'> {
  worlds.snapshotsOf(world).remove(name)
  world.events.emit({ at: world.now(), type: 'snapshot_deleted', snapshot: name })
  return { done: true }
}

function summaryOf({ name, clock, tunnels }: SavedWorld): SnapshotSummary {
  return { name, taken_at: clock.now, tunnels }
}
