import { State } from '../state.ts'
import { Timestamp } from '../timestamp.ts'
import { TunnelStatus } from '../tunnel.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'

const SnapshotName = Type.String({
  pattern: '^[\\w.-]{1,64}$',
  description: 'A name of up to 64 letters, digits, dots, dashes and underscores.',
  examples: ['before-migration'],
})

/** A saved world, which can be restored. */
export const Snapshot = Type.Object(
  {
    version: Type.Literal(1),
    name: SnapshotName,
    clock: Type.Object({ now: Timestamp, frozen: Type.Boolean() }, CLOSED),
    drawn: Type.Integer({
      minimum: 0,
      description: 'Random bytes used so far. With a random seed they do not repeat.',
    }),
    state: State,
  },
  { ...CLOSED, title: 'Snapshot' },
)
export type Snapshot = Static<typeof Snapshot>

export const SnapshotAddress = Type.Object(
  { name: SnapshotName },
  { ...CLOSED, examples: [{ name: 'before-migration' }] },
)
export type SnapshotAddress = Static<typeof SnapshotAddress>

export const RestoreRequest = Type.Object(
  {
    keep: Type.Optional(
      Type.Array(TextEnum(['requests', 'faults']), {
        description:
          'What stays as it is. requests: the request log, and the list of requests to the gateway. faults: those of the API and of the edge.',
      }),
    ),
  },
  { ...CLOSED, title: 'RestoreRequest', examples: [{ keep: ['requests', 'faults'] }] },
)
export type RestoreRequest = Static<typeof RestoreRequest>

const Tunnels = Type.Integer({ minimum: 0 })

export const StatusCounts = Type.Object(
  { inactive: Tunnels, degraded: Tunnels, healthy: Tunnels, down: Tunnels },
  { ...CLOSED, title: 'StatusCounts', description: 'The number of tunnels with each status, without deleted ones.' },
)

export const SnapshotSummary = Type.Object(
  {
    name: SnapshotName,
    taken_at: Timestamp,
    frozen: Type.Boolean({ description: 'Whether its clock is frozen.' }),
    tunnels: Type.Integer({ description: 'The number of tunnels, deleted ones included.' }),
    statuses: StatusCounts,
  },
  { ...CLOSED, title: 'SnapshotSummary' },
)
export type SnapshotSummary = Static<typeof SnapshotSummary>

export const SnapshotSummaries = Type.Array(SnapshotSummary)

const ObjectChange = Type.Object(
  {
    change: TextEnum(['added', 'removed', 'changed'], { description: 'What happened to it since the snapshot.' }),
    section: Type.String({
      description: 'The section of a state that it belongs to.',
      examples: ['tunnels', 'dns_records', 'access.policies'],
    }),
    account_id: Type.Optional(Type.String()),
    zone_id: Type.Optional(Type.String()),
    id: Type.Optional(Type.String()),
    name: Type.Optional(Type.String({ description: 'Its name, hostname or network.' })),
    fields: Type.Optional(
      Type.Array(Type.String(), { description: 'If it changed: the fields that differ.', examples: [['connectors']] }),
    ),
    before: Type.Optional(TunnelStatus),
    status: Type.Optional(TunnelStatus),
  },
  { ...CLOSED, title: 'ObjectChange', description: 'A tunnel with another status has both, `before` and `status`.' },
)
export type ObjectChange = Static<typeof ObjectChange>

export const SnapshotChanges = Type.Object(
  {
    taken_at: Timestamp,
    now: Timestamp,
    changes: Type.Array(ObjectChange, { description: 'Deleted objects count as removed.' }),
  },
  { ...CLOSED, title: 'SnapshotChanges', description: 'How the world differs from a snapshot, without values.' },
)
export type SnapshotChanges = Static<typeof SnapshotChanges>
