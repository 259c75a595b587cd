import { AccountId, TunnelId, ZoneId } from '../identifiers.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'

export const ExplainRequest = Type.Object(
  {
    // Our limit: to read a hostname takes quadratic time.
    url: Type.String({
      maxLength: 8_192,
      description: 'http, https, ws or wss.',
      examples: ['https://www.example.com/api/v1'],
    }),
    account_id: Type.Optional(AccountId),
    tunnel_id: Type.Optional(TunnelId),
  },
  {
    ...CLOSED,
    title: 'ExplainRequest',
    examples: [{ url: 'https://www.example.com/api/v1' }],
    description: 'A URL. With `tunnel_id`, that tunnel is explained even if no rule of it names the host.',
  },
)
export type ExplainRequest = Static<typeof ExplainRequest>

const ServingRule = Type.Object(
  {
    index: Type.Integer({ minimum: 0, description: 'From 0.' }),
    hostname: Nullable(Type.String()),
    path: Nullable(Type.String()),
    service: Nullable(Type.String()),
  },
  { ...CLOSED, title: 'ServingRule' },
)

const SkippedRule = Type.Object(
  { index: Type.Integer({ minimum: 0 }), why: Type.String({ description: 'Why it does not match.' }) },
  { ...CLOSED, title: 'SkippedRule' },
)

export const TunnelExplanation = Type.Object(
  {
    account_id: AccountId,
    tunnel_id: TunnelId,
    tunnel_name: Type.String(),
    version: Nullable(Type.Integer({ description: 'Of the configuration; null when there is none.' })),
    rule: Nullable(ServingRule),
    why: Type.String({ description: 'Why this rule, or why none.' }),
    skipped: Type.Array(SkippedRule, { description: 'The rules before it.' }),
    serving: Type.Boolean({ description: 'Whether a live connector runs this version now.' }),
    serving_why: Type.String(),
  },
  { ...CLOSED, title: 'TunnelExplanation', description: 'Which rule of one tunnel a URL meets.' },
)
export type TunnelExplanation = Static<typeof TunnelExplanation>

const PathRecord = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    name: Type.String({ description: 'A wildcard too.' }),
    content: Type.String(),
    proxied: Type.Boolean(),
  },
  { ...CLOSED, title: 'PathRecord' },
)

const DnsPath = Type.Object(
  {
    zone_id: ZoneId,
    zone_name: Type.String(),
    account_id: AccountId,
    records: Type.Array(PathRecord, { description: 'From the hostname to the tunnel, or to the missing link.' }),
    tunnel_id: Nullable(TunnelId),
  },
  {
    ...CLOSED,
    title: 'DnsPath',
    description: 'Where DNS leads a hostname; null if it is in no zone, or in the default zone while that is empty.',
  },
)
export type DnsPath = Static<typeof DnsPath>

export const Explanation = Type.Object(
  {
    url: Type.String({ description: 'As a client sends it.' }),
    hostname: Type.String({ description: 'What hostnames of rules are compared with.' }),
    path: Type.String({ description: 'What paths of rules are searched in: unescaped, without the query.' }),
    dns: Nullable(DnsPath),
    tunnels: Type.Array(TunnelExplanation, {
      description: 'The tunnel to which DNS leads; without DNS, each tunnel with a rule that names the host.',
    }),
    why: Type.String({ description: 'Why these tunnels, or which link is missing.' }),
  },
  { ...CLOSED, title: 'Explanation', description: 'What would serve a URL.' },
)
export type Explanation = Static<typeof Explanation>
