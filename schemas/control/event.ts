import { Timestamp } from '../timestamp.ts'
import { TunnelStatus } from '../tunnel.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'

export const EventType = TextEnum([
  'tunnel_created',
  'tunnel_updated',
  'tunnel_deleted',
  'tunnel_status_changed',
  'configuration_published',
  'configuration_taken',
  'connection_opened',
  'connection_lost',
  'connection_expired',
  'connection_closed',
  'reconnect_refused',
  'clock_moved',
  'world_reset',
  'request',
])
export type EventType = Static<typeof EventType>

/** An event of a world. Its type decides which of the optional keys it has. */
export const WorldEvent = Type.Object(
  {
    id: Type.Integer({ minimum: 1, description: 'Counted in each world; what `Last-Event-ID` names.' }),
    at: Timestamp,
    type: EventType,
    account_id: Type.Optional(Type.String()),
    tunnel_id: Type.Optional(Type.String()),
    connector_id: Type.Optional(Type.String()),
    connection_id: Type.Optional(Type.String()),
    version: Type.Optional(Type.Integer({ description: 'Of a configuration.' })),
    before: Type.Optional(TunnelStatus),
    status: Type.Optional(TunnelStatus),
    reason: Type.Optional(Type.String()),
    request_id: Type.Optional(Type.Integer({ description: 'In the journal.' })),
    operation: Type.Optional(Type.String()),
    http_status: Type.Optional(Type.Integer()),
  },
  { ...CLOSED, title: 'WorldEvent' },
)
export type WorldEvent = Static<typeof WorldEvent>

export const WorldEvents = Type.Array(WorldEvent)

export const EventFilter = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only those after the event with this id.' })),
})
