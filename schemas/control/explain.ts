import { AccountId, TunnelId, ZoneId } from '../identifiers.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from '../typebox.ts'

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
    description: 'A URL. With `tunnel_id`, the result has that tunnel even if none of its rules has the host.',
  },
)
export type ExplainRequest = Static<typeof ExplainRequest>

const ServingRule = Type.Object(
  {
    index: Type.Integer({ minimum: 0, description: 'The index of the rule, from 0.' }),
    hostname: Nullable(Type.String()),
    path: Nullable(Type.String()),
    service: Nullable(Type.String()),
  },
  { ...CLOSED, title: 'ServingRule' },
)

const SkippedRule = Type.Object(
  { index: Type.Integer({ minimum: 0 }), why: Type.String({ description: 'Why the rule does not match.' }) },
  { ...CLOSED, title: 'SkippedRule' },
)

export const TunnelExplanation = Type.Object(
  {
    account_id: AccountId,
    tunnel_id: TunnelId,
    tunnel_name: Type.String(),
    version: Nullable(Type.Integer({ description: 'The version of the configuration; null if there is none.' })),
    rule: Nullable(ServingRule),
    why: Type.String({ description: 'Why this rule, or why none.' }),
    skipped: Type.Array(SkippedRule, { description: 'The rules before it, which do not match.' }),
    serving: Type.Boolean({ description: 'Whether a live connector runs this version now.' }),
    serving_why: Type.String(),
  },
  { ...CLOSED, title: 'TunnelExplanation', description: 'The rule of one tunnel that matches a URL.' },
)
export type TunnelExplanation = Static<typeof TunnelExplanation>

const PathRecord = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    name: Type.String({ description: 'The name, which may be a wildcard.' }),
    content: Type.String(),
    proxied: Type.Boolean(),
  },
  { ...CLOSED, title: 'PathRecord' },
)

/** What is missing between a hostname and its tunnel. The gateway of the edge uses these codes too. */
const MissingLink = TextEnum(['no-dns-record', 'not-proxied', 'no-route'], {
  title: 'MissingLink',
  description:
    'What is missing: a record for the hostname, a proxied record, or a tunnel of the account where the records end.',
})
export type MissingLink = Static<typeof MissingLink>

const DnsPath = Type.Object(
  {
    zone_id: ZoneId,
    zone_name: Type.String(),
    account_id: AccountId,
    records: Type.Array(PathRecord, { description: 'From the hostname to the tunnel, or to the missing link.' }),
    tunnel_id: Nullable(TunnelId),
    missing_link: Nullable(MissingLink),
  },
  {
    ...CLOSED,
    title: 'DnsPath',
    description:
      'The path of a hostname through DNS. Null if it is in no zone, or in the default zone while that is empty.',
  },
)
export type DnsPath = Static<typeof DnsPath>

export const Explanation = Type.Object(
  {
    url: Type.String({ description: 'The URL as a client sends it.' }),
    hostname: Type.String({ description: 'The hostname that is compared with those of the rules.' }),
    path: Type.String({
      description: 'The path that is compared with those of the rules: unescaped, without the query.',
    }),
    dns: Nullable(DnsPath),
    tunnels: Type.Array(TunnelExplanation, {
      description: 'The tunnel to which DNS points. Without DNS, each tunnel with a rule for the host.',
    }),
    why: Type.String({ description: 'Why these tunnels, or which link is missing.' }),
  },
  { ...CLOSED, title: 'Explanation', description: 'The tunnels that would serve a URL.' },
)
export type Explanation = Static<typeof Explanation>
