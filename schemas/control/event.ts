import { Timestamp } from '../timestamp.ts'
import { TunnelStatus } from '../tunnel.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'

/** Events of the world itself. */
export const WORLD_EVENT_TYPES = [
  'clock_moved',
  'world_reset',
  'world_created',
  'world_deleted',
  'snapshot_saved',
  'snapshot_restored',
  'snapshot_deleted',
  'fault_added',
  'fault_hit',
  'fault_exhausted',
  'fault_removed',
  'request',
  'requests_cleared',
  'edge_changed',
  'edge_requests_cleared',
] as const

export function isWorldEventType(type: string): boolean {
  return WORLD_EVENT_TYPES.some(one => one === type)
}

/** Types of events. The models of a resource declare its own: `declare module '…/event.ts'`. */
export interface EventTypes extends Record<(typeof WORLD_EVENT_TYPES)[number], true> {
  tunnel_created: true
  tunnel_updated: true
  tunnel_deleted: true
  tunnel_status_changed: true
  configuration_published: true
  configuration_taken: true
  connection_opened: true
  connection_lost: true
  connection_expired: true
  connection_closed: true
  reconnect_refused: true
  registration_refused: true
  configuration_refused: true
}
export type EventType = keyof EventTypes

const EventType = Type.Unsafe<EventType>(
  Type.String({ description: 'The type: a noun and a past participle.', examples: ['tunnel_created'] }),
)

/** An event of a world. Its type decides which of the optional keys it has. */
export const WorldEvent = Type.Object(
  {
    id: Type.Integer({ minimum: 1, description: 'The number of the event in its world, for `Last-Event-ID`.' }),
    at: Timestamp,
    type: EventType,
    account_id: Type.Optional(Type.String()),
    tunnel_id: Type.Optional(Type.String()),
    object_id: Type.Optional(Type.String({ description: 'The id of the object, if it is not a tunnel.' })),
    connector_id: Type.Optional(Type.String()),
    connection_id: Type.Optional(Type.String()),
    zone_id: Type.Optional(Type.String()),
    record_id: Type.Optional(Type.String()),
    record_type: Type.Optional(Type.String({ description: 'The type of a DNS record, such as CNAME.' })),
    name: Type.Optional(Type.String({ description: 'The name of a DNS record or of a new tunnel.' })),
    route_id: Type.Optional(Type.String()),
    virtual_network_id: Type.Optional(Type.String()),
    hostname_route_id: Type.Optional(Type.String()),
    version: Type.Optional(Type.Integer({ description: 'The version of a configuration.' })),
    before: Type.Optional(TunnelStatus),
    status: Type.Optional(TunnelStatus),
    reason: Type.Optional(Type.String()),
    colo_name: Type.Optional(Type.String({ description: 'The data center of a connection.' })),
    fault_id: Type.Optional(Type.String({ description: 'A fault of the API or of the edge.' })),
    snapshot: Type.Optional(Type.String({ description: 'The name of a snapshot.' })),
    world_id: Type.Optional(Type.String({ description: 'Another world, which was created or deleted.' })),
    clock_before: Type.Optional(Timestamp),
    clock_after: Type.Optional(Timestamp),
    frozen: Type.Optional(Type.Boolean({ description: 'Whether the clock is frozen after it was moved.' })),
    accepts: Type.Optional(Type.Boolean({ description: 'Whether connectors may register in the world.' })),
    request_id: Type.Optional(Type.Integer({ description: 'The id of the request in the request log.' })),
    operation: Type.Optional(Type.String()),
    http_status: Type.Optional(Type.Integer()),
  },
  { ...CLOSED, title: 'WorldEvent' },
)
export type WorldEvent = Static<typeof WorldEvent>

export const WorldEvents = Type.Array(WorldEvent)

export const LatestEventId = Type.Integer({
  minimum: 0,
  description: 'The latest event that this result contains. A stream of events continues after it.',
})

export const EventFilter = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only events after the event with this id.' })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Maximum number of events, the oldest first. Not for a stream.' }),
  ),
  worlds: Type.Optional(
    TextEnum(['all'], {
      description: 'For a stream: only the ids of the worlds that were created, deleted or changed.',
    }),
  ),
})
