import type { Operation } from './operation.ts'

/** The operations on the snapshots of a world. */
export const SNAPSHOT_OPERATIONS = {
  listSnapshots: {
    route: ['GET', '/snapshots'],
    tag: 'snapshots',
    summary: 'List the snapshots',
    result: 'SnapshotSummaries',
  },
  saveSnapshot: {
    route: ['POST', '/snapshots'],
    tag: 'snapshots',
    summary: 'Save a snapshot',
    body: 'SnapshotAddress',
    result: 'SnapshotSummary',
  },
  getSnapshot: {
    route: ['GET', '/snapshots/:name'],
    tag: 'snapshots',
    summary: 'Read a snapshot',
    params: 'SnapshotAddress',
    result: 'Snapshot',
  },
  getSnapshotChanges: {
    route: ['GET', '/snapshots/:name/changes'],
    tag: 'snapshots',
    summary: 'Compare a snapshot with the world as it is now',
    params: 'SnapshotAddress',
    result: 'SnapshotChanges',
  },
  restoreSnapshot: {
    route: ['POST', '/snapshots/:name/restore'],
    tag: 'snapshots',
    summary: 'Restore a snapshot',
    params: 'SnapshotAddress',
    body: 'RestoreRequest',
    result: 'Done',
  },
  deleteSnapshot: {
    route: ['DELETE', '/snapshots/:name'],
    tag: 'snapshots',
    summary: 'Delete a snapshot',
    params: 'SnapshotAddress',
    result: 'Done',
  },
} as const satisfies Readonly<Record<string, Operation>>
