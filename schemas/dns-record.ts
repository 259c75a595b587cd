import { labelled } from './evidence.ts'
import { ZoneId } from './identifiers.ts'
import type { Timestamp } from './timestamp.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, Type } from './typebox.ts'

/** The types of records that Cloudflare's API reference lists. */
const RECORD_TYPES = [
  ...(['A', 'AAAA', 'CAA', 'CERT', 'CNAME', 'DNSKEY', 'DS', 'HTTPS', 'LOC', 'MX', 'NAPTR', 'NS'] as const),
  ...(['OPENPGPKEY', 'PTR', 'SMIMEA', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT', 'URI'] as const),
] as const
export const RecordType = TextEnum(RECORD_TYPES)
export type RecordType = Static<typeof RecordType>

export const RecordId = Type.String({
  title: 'RecordId',
  description: 'Record identifier: 32 hex digits.',
  pattern: '^[0-9a-fA-F]{32}$',
  examples: ['372e67954025e0ba6aaa6d586b9e0b59'],
})

export const RecordPath = Type.Object({ zone_id: ZoneId, dns_record_id: RecordId })

/** The components of a record, such as `port` of an SRV record. */
export const RecordData = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
  description: 'Components of the content, for types that have some, such as SRV and CAA.',
})
export type RecordData = Static<typeof RecordData>

export const RecordSettings = Type.Object(
  {
    flatten_cname: Type.Optional(Type.Boolean()),
    ipv4_only: Type.Optional(Type.Boolean()),
    ipv6_only: Type.Optional(Type.Boolean()),
  },
  OPEN,
)
export type RecordSettings = Static<typeof RecordSettings>

/** RFC 3339 with up to six decimals, without zeros at the end (recorded: dns_record_times). */
const RecordTime = Type.String({ format: 'date-time', examples: ['2026-09-29T07:05:39.49702Z'] })

export const DnsRecord = Type.Object(
  {
    id: RecordId,
    zone_id: Type.Optional(ZoneId),
    zone_name: Type.Optional(Type.String()),
    name: Type.String({ description: 'The full name, in Punycode.' }),
    type: RecordType,
    content: Type.String(),
    priority: Type.Optional(Type.Integer()),
    proxiable: Type.Boolean({ description: 'Whether it could be proxied.' }),
    proxied: Type.Boolean(),
    ttl: Type.Integer({ description: 'In seconds; 1 is automatic.' }),
    data: Type.Optional(RecordData),
    settings: RecordSettings,
    meta: Type.Object({}, CLOSED),
    comment: Nullable(Type.String()),
    tags: Type.Array(Type.String()),
    created_on: RecordTime,
    modified_on: RecordTime,
    comment_modified_on: Type.Optional(RecordTime),
    tags_modified_on: Type.Optional(RecordTime),
  },
  { ...CLOSED, ...labelled('recorded'), title: 'DnsRecord' },
)
export type DnsRecord = Static<typeof DnsRecord>

export const DeletedRecord = Type.Object({ id: RecordId }, { ...CLOSED, ...labelled('recorded') })

export const RecordBatchResult = Type.Object(
  {
    deletes: Type.Array(DnsRecord),
    patches: Type.Array(DnsRecord),
    puts: Type.Array(DnsRecord),
    posts: Type.Array(DnsRecord),
  },
  { ...CLOSED, ...labelled('documented'), title: 'RecordBatchResult' },
)
export type RecordBatchResult = Static<typeof RecordBatchResult>

/** A record as the database stores it. */
export interface StoredRecord {
  readonly id: string
  readonly zone_id: string
  readonly type: RecordType
  readonly name: string
  readonly content: string
  readonly priority: number | null
  readonly data: RecordData | null
  readonly ttl: number
  readonly proxied: boolean
  readonly settings: RecordSettings
  readonly comment: string | null
  readonly tags: readonly string[]
  readonly created_on: Timestamp
  readonly modified_on: Timestamp
  readonly comment_modified_on: Timestamp | null
  readonly tags_modified_on: Timestamp | null
}

declare module './control/event.ts' {
  interface EventTypes {
    dns_record_created: true
    dns_record_updated: true
    dns_record_deleted: true
  }
}
