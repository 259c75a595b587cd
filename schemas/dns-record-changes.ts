/** The bodies of the operations that change records. */
import { RecordData, RecordId, RecordSettings, RecordType } from './dns-record.ts'
import { labelled } from './evidence.ts'
import { OPEN, type Static, Type } from './typebox.ts'

/**
 * The rules say which fields a record needs, because a response lists all errors at once
 * (recorded: dns_several_errors).
 */
const FIELDS = {
  type: Type.Optional(RecordType),
  name: Type.Optional(Type.String({ description: 'A full name, a name below the zone, or @.' })),
  content: Type.Optional(Type.String()),
  data: Type.Optional(RecordData),
  priority: Type.Optional(Type.Integer({ description: 'Required for MX and URI records.' })),
  ttl: Type.Optional(
    Type.Integer({ description: 'In seconds; 1 is automatic, the default. Proxied records always have 1.' }),
  ),
  proxied: Type.Optional(Type.Boolean({ description: 'Default: false.' })),
  comment: Type.Optional(Type.String()),
  tags: Type.Optional(Type.Array(Type.String({ description: 'Such as owner:dns-team.' }))),
  settings: Type.Optional(RecordSettings),
}

const RECORD_EXAMPLE = { type: 'A', name: 'my-host', content: '192.0.2.1', proxied: true }

export const RecordChange = Type.Object(FIELDS, {
  ...OPEN,
  ...labelled('documented'),
  title: 'RecordChange',
  examples: [RECORD_EXAMPLE],
})
export type RecordChange = Static<typeof RecordChange>

const ChangeOfRecord = Type.Object({ id: RecordId, ...FIELDS }, OPEN)

export const RecordBatch = Type.Object(
  {
    deletes: Type.Optional(Type.Array(Type.Object({ id: RecordId }, OPEN))),
    patches: Type.Optional(Type.Array(ChangeOfRecord)),
    puts: Type.Optional(Type.Array(ChangeOfRecord)),
    posts: Type.Optional(Type.Array(RecordChange)),
  },
  { ...OPEN, ...labelled('documented'), title: 'RecordBatch', examples: [{ posts: [RECORD_EXAMPLE] }] },
)
export type RecordBatch = Static<typeof RecordBatch>

export const TunnelRoute = Type.Object(
  {
    type: Type.String({ examples: ['dns'] }),
    user_hostname: Type.Optional(Type.String({ description: 'The hostname that must point to the tunnel.' })),
    overwrite_existing: Type.Optional(
      Type.Boolean({ description: 'Replaces other records of a full name. Default: false.' }),
    ),
  },
  {
    ...OPEN,
    ...labelled('client'),
    title: 'TunnelRoute',
    examples: [{ type: 'dns', user_hostname: 'my-host.example.com' }],
  },
)
export type TunnelRoute = Static<typeof TunnelRoute>

export const TunnelRouteResult = Type.Object(
  { cname: Type.String({ examples: ['new'] }), name: Type.String() },
  { ...OPEN, ...labelled('client'), title: 'TunnelRouteResult' },
)
