import { RecordId, RecordType } from '../dns-record.ts'
import { AccountId, TunnelId, ZoneId } from '../identifiers.ts'
import { Timestamp } from '../timestamp.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'
import { PlanName, ZoneStatus, ZoneType } from '../zone.ts'
import { LatestEventId } from './event.ts'

const RecordTarget = Type.Object(
  {
    tunnel_id: TunnelId,
    name: Nullable(Type.String({ description: 'The name of the tunnel; null if there is none that it can point to.' })),
    problem: Nullable(
      Type.String({ description: 'Why it points to no tunnel.', examples: ['the tunnel does not exist'] }),
    ),
  },
  { ...CLOSED, title: 'RecordTarget' },
)

const OverviewRecord = Type.Object(
  {
    id: RecordId,
    type: RecordType,
    name: Type.String({ description: 'The full name, in Punycode.' }),
    content: Type.String(),
    priority: Nullable(Type.Integer()),
    proxied: Type.Boolean(),
    ttl: Type.Integer({ description: 'In seconds; 1 is automatic.' }),
    comment: Nullable(Type.String()),
    tags: Type.Array(Type.String()),
    created_on: Timestamp,
    modified_on: Timestamp,
    tunnel: Nullable(RecordTarget),
  },
  { ...CLOSED, title: 'OverviewRecord', description: 'Only a CNAME for a name below `cfargotunnel.com` has a tunnel.' },
)
export type OverviewRecord = Static<typeof OverviewRecord>

const OverviewZone = Type.Object(
  {
    id: ZoneId,
    account_id: AccountId,
    name: Type.String(),
    status: ZoneStatus,
    paused: Type.Boolean(),
    type: ZoneType,
    plan: PlanName,
    created_on: Timestamp,
    records: Type.Array(OverviewRecord, { description: 'By type and name.' }),
  },
  { ...CLOSED, title: 'OverviewZone' },
)

export const DnsOverview = Type.Object(
  { event_id: LatestEventId, zones: Type.Array(OverviewZone, { description: 'By name.' }) },
  { ...CLOSED, title: 'DnsOverview', description: 'The zones of all accounts, without secrets.' },
)
export type DnsOverview = Static<typeof DnsOverview>
