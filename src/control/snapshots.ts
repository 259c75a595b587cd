import type { Input, Result } from '../../schemas/control/control.ts'
import type { SnapshotSummary } from '../../schemas/control/snapshot.ts'
import type { Moment } from '../../schemas/records.ts'
import { statusOf } from '../resources/connections/rules.ts'
import { countByStatus, countTunnels, tunnelsWithConnectivity } from '../resources/tunnels/store.ts'
import type { Database } from '../store/database.ts'
import { viewOf } from '../store/view.ts'
import type { World } from '../world/world.ts'
import type { SavedWorld } from '../worlds/snapshots.ts'
import { runInTurns } from '../worlds/turns.ts'
import type { Context } from './context.ts'
import { LargeResult } from './large-result.ts'
import { changesBetween, type Statuses } from './state-changes.ts'

export function listSnapshots({ world, worlds }: Context): Result<'listSnapshots'> {
  return worlds
    .snapshotsOf(world)
    .list()
    .map(saved => summaryOf(world, saved))
}

export async function saveSnapshot(
  { world, worlds }: Context,
  { name }: Input<'saveSnapshot'>,
): Promise<Result<'saveSnapshot'>> {
  // Runs the jobs that are due, so that the snapshot holds what they change.
  world.now()
  const saved = await worlds.snapshotsOf(world).save(name, world, countTunnels(world.db))
  world.events.emit({ at: world.clock.now(), type: 'snapshot_saved', snapshot: name })
  return summaryOf(world, saved)
}

export function getSnapshot(
  { world, worlds }: Context,
  { name }: Input<'getSnapshot'>,
): LargeResult<Result<'getSnapshot'>> {
  const { clock, drawn, scenario, db } = worlds.snapshotsOf(world).find(name)
  const view = viewOf(db)
  const state = { ...worlds.data.read(view), ...(scenario.length > 0 && { scenario }) }
  return new LargeResult({ version: 1, name, clock, drawn, state }, view.release)
}

export async function getSnapshotChanges(
  { world, worlds }: Context,
  { name }: Input<'getSnapshotChanges'>,
): Promise<Result<'getSnapshotChanges'>> {
  const { clock, db } = worlds.snapshotsOf(world).find(name)
  const { now } = world.moment()
  const [before, after] = [viewOf(db), viewOf(world.db)]
  const statuses = {
    before: statusesIn(db, world.momentAt(clock.now)),
    after: statusesIn(world.db, world.momentAt(now)),
  }
  try {
    const work = changesBetween(worlds.data.read(before), worlds.data.read(after), statuses)
    const changes = await runInTurns(work, world.id)
    return { taken_at: clock.now, now, changes }
  } finally {
    before.release()
    after.release()
  }
}

export async function restoreSnapshot(
  { world, worlds }: Context,
  { name, keep }: Input<'restoreSnapshot'>,
): Promise<Result<'restoreSnapshot'>> {
  await worlds.restore(world, name, keep)
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

function summaryOf({ momentAt }: World, { name, clock, tunnels, db }: SavedWorld): SnapshotSummary {
  const { now, frozen } = clock
  return { name, taken_at: now, frozen, tunnels, statuses: countByStatus(db, momentAt(now)) }
}

function statusesIn(db: Database, moment: Moment): Statuses {
  const tunnels = tunnelsWithConnectivity(db, moment)
  return new Map(tunnels.map(tunnel => [`${tunnel.account_tag} ${tunnel.id}`, statusOf(tunnel)]))
}
