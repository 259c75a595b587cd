import { AccountId, TunnelId } from '../identifiers.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'
import { Duration } from './clock.ts'

/** An hour: longer than any client waits. */
const MAX_MS = 3_600_000

function Millis(description: string) {
  return Type.Integer({ minimum: 1, maximum: MAX_MS, description })
}

const EFFECTS = {
  error: Type.Object(
    {
      status: Type.Integer({ minimum: 400, maximum: 599 }),
      code: Type.Integer({ minimum: 1, description: 'Of Cloudflare; 971 is the one for too many calls.' }),
      message: Type.Optional(
        Type.String({ description: 'Default: the recorded text of the code, or that it is a fault.' }),
      ),
      retry_after: Type.Optional(Type.Integer({ minimum: 0, description: 'Header `retry-after`, in seconds.' })),
    },
    { ...CLOSED, description: "An error in Cloudflare's envelope, before credentials are looked at." },
  ),
  latency: Type.Object(
    {
      ms: Millis('Real time, whatever the clock of the world does.'),
      jitter_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_MS, description: 'Up to so much longer.' })),
    },
    { ...CLOSED, description: 'Everything happens later.' },
  ),
  hang: Type.Literal(true, { description: 'No answer until the client leaves or the world ends.' }),
  reset: TextEnum(['before', 'after'], {
    description: 'The connection is torn down: before anything was done, or after the write was committed.',
  }),
  body: TextEnum(['truncated', 'malformed'], {
    description: 'truncated: half of the promised length, then the end. malformed: complete, but no JSON.',
  }),
  html: Type.Unsafe<502 | 503 | 504>(
    Type.Integer({
      minimum: 502,
      maximum: 504,
      description: 'A page instead of JSON, without the headers of the API.',
    }),
  ),
  stale: Type.Object(
    { ms: Millis('How far reading lags behind writing, on the clock of the world.') },
    { ...CLOSED, description: 'Eventual consistency, of listing and getting tunnels and of getting configurations.' },
  ),
}

type OneOf<T> = { [Key in keyof T]: Pick<T, Key> }[keyof T]

const AllEffects = Type.Object(EFFECTS)

/** One object with exactly one key, not a union: so an error names the place in it. */
export const FaultEffect = Type.Unsafe<OneOf<Static<typeof AllEffects>>>(
  Type.Partial(AllEffects, {
    ...CLOSED,
    title: 'FaultEffect',
    description: 'What goes wrong: exactly one of these.',
    minProperties: 1,
    maxProperties: 1,
    examples: [{ error: { status: 429, code: 971, retry_after: 1 } }],
  }),
)
export type FaultEffect = Static<typeof FaultEffect>

function Count(description: string) {
  return Type.Optional(Type.Integer({ minimum: 1, description }))
}

/** The requests that a rule matches, and those of them that it acts on. */
const WHEN = {
  operation: Type.Optional(
    Type.String({ description: 'Its id.', examples: ['cloudflare-tunnel-list-cloudflare-tunnels'] }),
  ),
  method: Type.Optional(TextEnum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
  path: Type.Optional(
    Type.String({
      description: 'Without base path and query; `*` is any one segment and `**`, at the end, any rest.',
      examples: ['/accounts/*/cfd_tunnel/**'],
    }),
  ),
  account_id: Type.Optional(AccountId),
  tunnel_id: Type.Optional(TunnelId),
  nth: Count('Only this one of the matching calls, counted from 1.'),
  every: Count('Every nth of the matching calls.'),
  after: Count('Lets so many matching calls pass first.'),
  times: Count('Acts so often, then no more. Default: no limit.'),
  ttl: Type.Optional(Duration),
  probability: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1, description: 'Only on a server with a random seed.' }),
  ),
}

export const FaultRule = Type.Object(
  { ...WHEN, effect: FaultEffect },
  { ...CLOSED, title: 'FaultRule', description: 'What goes wrong with which calls. No condition: with all of them.' },
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
    hits: Type.Integer({ description: 'Calls it acted on.' }),
    seen: Type.Integer({ description: 'Calls it matched, whether it acted or not.' }),
    exhausted: Type.Boolean({ description: 'It cannot act any more.' }),
  },
  { ...CLOSED, title: 'FaultReport', description: 'A rule as it was written, and what became of it.' },
)
export type FaultReport = Static<typeof FaultReport>

export const FaultAddress = Type.Object({ id: Type.String() }, CLOSED)
export type FaultAddress = Static<typeof FaultAddress>

export const FaultReports = Type.Array(FaultReport)
