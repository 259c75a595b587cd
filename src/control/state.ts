import { Done, ResetRequest, Snapshot, SnapshotAddress, SnapshotSummary } from '../../schemas/control/world.ts'
import { State } from '../../schemas/state.ts'
import { Type } from '../../schemas/typebox.ts'
import { action } from './action.ts'

const done = { done: true as const }

export const reset = action(
  {
    method: 'POST',
    path: '/reset',
    summary: 'Start anew: data, clock, chance, faults, journal, agenda',
    body: ResetRequest,
    result: Done,
  },
  ({ world, worlds }, { to = 'seed' }) => {
    worlds.reset(world, to)
    return done
  },
)

export const getState = action(
  { method: 'GET', path: '/state', summary: 'Read all that the world knows', result: State },
  ({ world, worlds }) => {
    world.now()
    return worlds.data.read(world.db)
  },
)

export const putState = action(
  { method: 'PUT', path: '/state', summary: 'Replace all that the world knows', body: State, result: Done },
  ({ world, worlds }, state) => {
    worlds.replace(world, state)
    return done
  },
)

export const listSnapshots = action(
  { method: 'GET', path: '/snapshots', summary: 'List the snapshots', result: Type.Array(SnapshotSummary) },
  ({ world, worlds }) => worlds.snapshots(world).map(summary),
)

export const saveSnapshot = action(
  { method: 'POST', path: '/snapshots', summary: 'Save a snapshot', body: SnapshotAddress, result: SnapshotSummary },
  ({ world, worlds }, { name }) => {
    world.now()
    return summary(worlds.saveSnapshot(world, name))
  },
)

export const getSnapshot = action(
  { method: 'GET', path: '/snapshots/:name', summary: 'Read a snapshot', params: SnapshotAddress, result: Snapshot },
  ({ world, worlds }, { name }) => worlds.snapshot(world, name),
)

export const restoreSnapshot = action(
  {
    method: 'POST',
    path: '/snapshots/:name/restore',
    summary: 'Put a snapshot back',
    params: SnapshotAddress,
    result: Done,
  },
  ({ world, worlds }, { name }) => {
    worlds.restore(world, name)
    return done
  },
)

export const deleteSnapshot = action(
  { method: 'DELETE', path: '/snapshots/:name', summary: 'Delete a snapshot', params: SnapshotAddress, result: Done },
  ({ world, worlds }, { name }) => {
    worlds.removeSnapshot(world, name)
    return done
  },
)

function summary({ name, clock, state }: Snapshot): SnapshotSummary {
  return {
    name,
    taken_at: clock.now,
    tunnels: state.tunnels?.length ?? 0,
  }
}
