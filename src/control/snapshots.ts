import type { Input, Result } from '../../schemas/control/control.ts'
import type { ObjectChange, SnapshotSummary } from '../../schemas/control/snapshot.ts'
import type { Moment } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { TunnelStatus } from '../../schemas/tunnel.ts'
import { statusOf } from '../resources/connections/rules.ts'
import { countByStatus, countTunnels, tunnelsWithConnectivity } from '../resources/tunnels/store.ts'
import type { Reader } from '../store/database.ts'
import { viewOf } from '../store/view.ts'
import type { World } from '../world/world.ts'
import type { SavedWorld, Snapshots } from '../worlds/snapshots.ts'
import { runInTurns, type Work } from '../worlds/turns.ts'
import type { WorldData } from '../worlds/world-data.ts'
import type { Context } from './context.ts'
import { LargeResult } from './large-result.ts'
import { changesBetween, type Statuses } from './state-changes.ts'

export function listSnapshots({ world, worlds }: Context): Promise<Result<'listSnapshots'>> {
  const snapshots = worlds.snapshotsOf(world)
  return runInTurns(summariesOf(world, snapshots), world.id)
}

/** A snapshot may be deleted or replaced meanwhile. */
function* summariesOf(world: World, { list, get }: Snapshots): Work<SnapshotSummary[]> {
  const summaries: SnapshotSummary[] = []
  for (const { name } of list()) {
    const saved = get(name)
    if (saved) summaries.push(summaryOf(world, saved))
    yield
  }
  return summaries
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
  try {
    const changes = await runInTurns(changesOf(worlds.data, [before, clock.now], [after, now], world), world.id)
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

function* changesOf(
  data: WorldData,
  [before, earlier]: readonly [Reader, Timestamp],
  [after, later]: readonly [Reader, Timestamp],
  { momentAt }: World,
): Work<ObjectChange[]> {
  const statuses = {
    before: yield* statusesIn(before, momentAt(earlier)),
    after: yield* statusesIn(after, momentAt(later)),
  }
  return yield* changesBetween(data.read(before), data.read(after), statuses)
}

function* statusesIn(db: Reader, moment: Moment): Work<Statuses> {
  const statuses = new Map<string, TunnelStatus>()
  for (const tunnel of tunnelsWithConnectivity(db, moment)) {
    statuses.set(`${tunnel.account_tag} ${tunnel.id}`, statusOf(tunnel))
    yield
  }
  return statuses
}
