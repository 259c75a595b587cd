import { AccountId, TunnelId } from '../identifiers.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'
import { ExactlyOne, MAX_FAULT_MS, Millis, SELECTION } from './fault-parts.ts'

const EFFECTS = {
  error: Type.Object(
    {
      status: Type.Integer({ minimum: 400, maximum: 599 }),
      code: Type.Integer({ minimum: 1, description: 'A code of Cloudflare; 971 means too many requests.' }),
      message: Type.Optional(
        Type.String({ description: 'Default: the recorded text of the code, otherwise a text that names the fault.' }),
      ),
      retry_after: Type.Optional(Type.Integer({ minimum: 0, description: 'Header `retry-after`, in seconds.' })),
    },
    { ...CLOSED, description: "An error in Cloudflare's envelope, before any check of credentials." },
  ),
  latency: Type.Object(
    {
      ms: Millis('Real time, whatever the clock of the world does.'),
      jitter_ms: Type.Optional(
        Type.Integer({ minimum: 0, maximum: MAX_FAULT_MS, description: 'Random extra time, up to this much.' }),
      ),
    },
    { ...CLOSED, description: 'Delays the response.' },
  ),
  hang: Type.Literal(true, { description: 'No response until the client disconnects or the world ends.' }),
  reset: TextEnum(['before', 'after'], {
    description: 'Cuts the connection: before the request has an effect, or after its write is committed.',
  }),
  body: TextEnum(['truncated', 'malformed'], {
    description:
      'truncated: half of the announced length, then the connection ends. malformed: complete, but not valid JSON.',
  }),
  html: Type.Unsafe<502 | 503 | 504>(
    Type.Integer({
      minimum: 502,
      maximum: 504,
      description: 'An HTML page instead of JSON, without the headers of the API.',
    }),
  ),
  stale: Type.Object(
    { ms: Millis('How far reading lags behind writing, on the clock of the world.') },
    { ...CLOSED, description: 'Reads of older data, for lists and single tunnels and for configurations.' },
  ),
}

export const FaultEffect = ExactlyOne(Type.Object(EFFECTS), {
  title: 'FaultEffect',
  description: 'The failure: exactly one of these keys.',
  examples: [{ error: { status: 429, code: 971, retry_after: 1 } }],
})
export type FaultEffect = Static<typeof FaultEffect>

/** The requests that a rule matches, and those of them that it acts on. */
const WHEN = {
  operation: Type.Optional(
    Type.String({
      description: 'The operationId in the OpenAPI document.',
      examples: ['cloudflare-tunnel-list-cloudflare-tunnels'],
    }),
  ),
  method: Type.Optional(TextEnum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
  path: Type.Optional(
    Type.String({
      description: 'The path without base path and query; `*` is any one segment and `**`, at the end, any rest.',
      examples: ['/accounts/*/cfd_tunnel/**'],
    }),
  ),
  account_id: Type.Optional(AccountId),
  tunnel_id: Type.Optional(TunnelId),
  ...SELECTION,
}

export const FaultRule = Type.Object(
  { ...WHEN, effect: FaultEffect },
  {
    ...CLOSED,
    title: 'FaultRule',
    description: 'The requests that fail, and how. Without a condition, all requests fail.',
  },
)
export type FaultRule = Static<typeof FaultRule>

export const FaultPreset = TextEnum(['rate-limited', 'flaky', 'slow', 'outage', 'eventually-consistent'])
export type FaultPreset = Static<typeof FaultPreset>

/** One object and not a union, for the same reason. */
export const FaultRequest = Type.Object(
  { ...WHEN, effect: Type.Optional(FaultEffect), preset: Type.Optional(FaultPreset) },
  {
    ...CLOSED,
    title: 'FaultRequest',
    description: 'A rule with its effect, or a preset alone.',
    examples: [{ preset: 'rate-limited' }],
  },
)
export type FaultRequest = Static<typeof FaultRequest>

export const FaultReport = Type.Object(
  {
    id: Type.String({ examples: ['fault-1'] }),
    ...FaultRule.properties,
    hits: Type.Integer({ description: 'Requests that it made fail.' }),
    seen: Type.Integer({ description: 'Requests that matched, whether they failed or not.' }),
    exhausted: Type.Boolean({ description: 'Whether the rule can no longer apply.' }),
  },
  { ...CLOSED, title: 'FaultReport', description: 'A rule as you wrote it, with its hits.' },
)
export type FaultReport = Static<typeof FaultReport>

export const FaultAddress = Type.Object({ id: Type.String() }, CLOSED)
export type FaultAddress = Static<typeof FaultAddress>

export const FaultReports = Type.Array(FaultReport)
