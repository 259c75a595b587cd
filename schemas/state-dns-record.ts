import { RecordData, RecordId, RecordSettings, RecordType } from './dns-record.ts'
import { ZoneId } from './identifiers.ts'
import { CLOSED, Nullable, type Static, Type } from './typebox.ts'

const TIME = Type.String({ format: 'moment', description: 'RFC 3339, or an age such as "-15m".' })

const StateDnsRecord = Type.Object(
  {
    zone_id: Type.Optional(ZoneId),
    zone: Type.Optional(Type.String({ description: 'The name of the zone, instead of zone_id.' })),
    id: Type.Optional(RecordId),
    type: RecordType,
    name: Type.String({ description: 'A full name, a name below the zone, or @.', examples: ['www'] }),
    content: Type.Optional(Type.String()),
    data: Type.Optional(Nullable(RecordData)),
    priority: Type.Optional(Nullable(Type.Integer())),
    ttl: Type.Optional(Type.Integer({ description: 'In seconds. Default: 1, automatic.' })),
    proxied: Type.Optional(Type.Boolean({ description: 'Default: false.' })),
    settings: Type.Optional(RecordSettings),
    comment: Type.Optional(Nullable(Type.String())),
    tags: Type.Optional(Type.Array(Type.String())),
    created_on: Type.Optional(TIME),
    modified_on: Type.Optional(TIME),
    comment_modified_on: Type.Optional(Nullable(TIME)),
    tags_modified_on: Type.Optional(Nullable(TIME)),
  },
  {
    ...CLOSED,
    description:
      'One DNS record. By default it belongs to the only zone, has the age of the zone, and its id follows from its content.',
  },
)
export type StateDnsRecord = Static<typeof StateDnsRecord>

export const StateDnsRecords = Type.Array(StateDnsRecord, { description: 'The DNS records of the zones.' })

declare module './state.ts' {
  interface StateSections {
    dns_records?: StateDnsRecord[]
  }
}
