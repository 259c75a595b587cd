import { Timestamp } from '../timestamp.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'

const HAPPENINGS = [
  'connections_expire',
  'connection_closes',
  'connector_reconnects',
  'connector_loses_connections',
  'connector_stops',
  'connector_drains',
  'connector_applies_configuration',
  'fault_ends',
] as const

/** What happens decides which of the optional keys an item has. */
export const DueItem = Type.Object(
  {
    at: Timestamp,
    happens: TextEnum(HAPPENINGS),
    account_id: Type.Optional(Type.String()),
    tunnel_id: Type.Optional(Type.String()),
    connector_id: Type.Optional(Type.String()),
    connection_id: Type.Optional(Type.String()),
    connections: Type.Optional(Type.Integer({ minimum: 1, description: 'How many connections expire.' })),
    fault_id: Type.Optional(Type.String({ description: 'A fault of the API or of the edge.' })),
  },
  { ...CLOSED, title: 'DueItem', description: 'Happens at a time of the clock if no one does anything.' },
)
export type DueItem = Static<typeof DueItem>

export const DueItems = Type.Array(DueItem)
