import type { Input, Result } from '../../schemas/control/control.ts'
import type { Snapshot, SnapshotSummary } from '../../schemas/control/world.ts'
import type { Context } from './context.ts'

export function listSnapshots({ world, worlds }: Context): Result<'listSnapshots'> {
  return worlds.snapshots(world).map(summaryOf)
}

export function saveSnapshot({ world, worlds }: Context, { name }: Input<'saveSnapshot'>): Result<'saveSnapshot'> {
  // Runs the jobs that are due, so that the snapshot holds what they change.
  world.now()
  return summaryOf(worlds.saveSnapshot(world, name))
}

export function getSnapshot({ world, worlds }: Context, { name }: Input<'getSnapshot'>): Result<'getSnapshot'> {
  return worlds.snapshot(world, name)
}

export function restoreSnapshot(
  { world, worlds }: Context,
  { name }: Input<'restoreSnapshot'>,
): Result<'restoreSnapshot'> {
  worlds.restore(world, name)
  return { done: true }
}

export function deleteSnapshot(
  { world, worlds }: Context,
  { name }: Input<'deleteSnapshot'>,
): Result<'deleteSnapshot'> {
  worlds.removeSnapshot(world, name)
  return { done: true }
}

function summaryOf({ name, clock, state }: Snapshot): SnapshotSummary {
  return { name, taken_at: clock.now, tunnels: state.tunnels?.length ?? 0 }
}
