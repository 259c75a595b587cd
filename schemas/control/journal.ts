import { Timestamp } from '../timestamp.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from '../typebox.ts'
import { BehaviourId, EvidenceLabel } from './evidence.ts'
import { DurationMs, LOG_RANGE } from './log-fields.ts'

const Method = Type.String({ examples: ['POST'] })
const Operation = Type.String({
  description: 'The operationId in the OpenAPI document of the emulated API.',
  examples: ['cloudflare-tunnel-create-a-cloudflare-tunnel'],
})
const Path = Type.String({
  description: 'The path without base path and query.',
  examples: ['/accounts/699d98642c564d2e855e9661899b7252/cfd_tunnel'],
})

/** A request to the emulated API with its response. "[redacted]" replaces each secret. */
export const JournalEntry = Type.Object(
  {
    id: Type.Integer({ minimum: 1, description: 'The number of the entry in its world.' }),
    at: Timestamp,
    real_at: Type.Optional(
      Type.String({ ...Timestamp, description: 'In real time; absent while the clock is frozen.' }),
    ),
    operation: Nullable(Operation),
    not_emulated: Type.Optional(
      Type.String({
        description: 'The requested operation of Cloudflare, if it is not emulated.',
        examples: ['PATCH /zones/{zone_id}'],
      }),
    ),
    method: Method,
    path: Path,
    account_id: Nullable(Type.String()),
    tunnel_id: Nullable(Type.String()),
    query: Type.Record(Type.String(), Type.Unknown(), { description: 'The query as sent: every value is text.' }),
    headers: Type.Record(Type.String(), Type.String(), { description: 'The relevant headers, in lower case.' }),
    body: Type.Unknown({
      description: 'JSON; null without a body; a text in brackets if the body is not JSON or too long.',
    }),
    status: Nullable(Type.Integer({ description: 'null: the connection ended before the response began.' })),
    answer: Type.Unknown({ description: 'Like `body`.' }),
    duration_ms: DurationMs,
    unread: Type.Array(Type.String(), {
      description: 'Keys and parameters that the client sent and the API did not read.',
      examples: [['query.colour', 'body.config_source']],
    }),
    answer_headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description:
          'The headers of the response that differ: `cf-ray`, `retry-after`, `allow`, a `content-type` other than JSON. Also `ratelimit`, if requests are counted.',
      }),
    ),
    behaviours: Type.Optional(
      Type.Array(BehaviourId, {
        description: 'What shaped the response. Absent if a fault sent it, or if there was none.',
      }),
    ),
    evidence: Type.Optional(EvidenceLabel),
    fault_ids: Type.Optional(Type.Array(Type.String(), { description: 'The faults that acted, the oldest first.' })),
    caused: Type.Optional(
      Type.Object(
        { first_event_id: Type.Integer({ minimum: 1 }), last_event_id: Type.Integer({ minimum: 1 }) },
        { ...CLOSED, description: 'The events of what the request changed. Absent if it changed nothing.' },
      ),
    ),
  },
  { ...CLOSED, title: 'JournalEntry' },
)
export type JournalEntry = Static<typeof JournalEntry>

export const JournalEntries = Type.Array(JournalEntry)

/** What a list of requests shows of each. */
export const RequestSummary = Type.Object(
  {
    ...Type.Omit(JournalEntry, [
      'query',
      'headers',
      'body',
      'answer',
      'answer_headers',
      'behaviours',
      'caused',
      'unread',
    ]).properties,
    unread_count: Type.Integer({
      minimum: 0,
      description: 'How many keys and parameters the client sent and the API did not read.',
    }),
  },
  { ...CLOSED, title: 'RequestSummary' },
)
export type RequestSummary = Static<typeof RequestSummary>

export const RequestSummaries = Type.Array(RequestSummary)

export const RequestAddress = Type.Object({ id: Type.Integer({ minimum: 1, examples: [1] }) }, CLOSED)
export type RequestAddress = Static<typeof RequestAddress>

export const StatusOrClass = Type.Union([Type.Integer(), TextEnum(['1xx', '2xx', '3xx', '4xx', '5xx'])], {
  description: 'A status, or a class such as `4xx`.',
})
export type StatusOrClass = Static<typeof StatusOrClass>

/** Selects entries of the request log by all keys that it has. */
export const RequestFilter = Type.Object(
  {
    operation: Type.Optional(Operation),
    method: Type.Optional(Method),
    path: Type.Optional(Type.String({ description: 'The start of the path, without base path.' })),
    account_id: Type.Optional(Type.String()),
    tunnel_id: Type.Optional(Type.String()),
    status: Type.Optional(StatusOrClass),
    unread: Type.Optional(
      Type.Boolean({ description: 'true: only entries with keys that the API did not read; false: only others.' }),
    ),
    text: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'A text in the path, or in the JSON of body or answer, in upper or lower case.',
      }),
    ),
    ...LOG_RANGE,
  },
  { ...CLOSED, title: 'RequestFilter' },
)
export type RequestFilter = Static<typeof RequestFilter>

const Count = Type.Object(
  { min: Type.Optional(Type.Integer({ minimum: 0 })), max: Type.Optional(Type.Integer({ minimum: 0 })) },
  {
    ...CLOSED,
    description: 'How many requests must match. Default: at least one. With `max` alone: from none to `max`.',
  },
)

/** The request that must have been sent, and how often. */
export const RequestExpectation = Type.Object(
  {
    operation: Type.Optional(Operation),
    method: Type.Optional(Method),
    path: Type.Optional(Type.String({ description: 'The whole path, without base path and query.' })),
    account_id: Type.Optional(Type.String()),
    tunnel_id: Type.Optional(Type.String()),
    query: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Parameters to compare, as text. Others are ignored.',
      }),
    ),
    body: Type.Optional(
      Type.Unknown({
        description:
          'Keys to compare; others are ignored. Arrays must be equal, element by element. A secret is "[redacted]".',
        examples: [{ name: 'blog' }],
      }),
    ),
    status: Type.Optional(Type.Integer()),
    count: Type.Optional(Count),
  },
  {
    ...CLOSED,
    title: 'RequestExpectation',
    examples: [{ method: 'POST', body: { name: 'my-tunnel' }, count: { min: 1 } }],
  },
)
export type RequestExpectation = Static<typeof RequestExpectation>

/** A field whose value differs from the expected one. */
export const Miss = Type.Object(
  {
    field: Type.String({ examples: ['body.name'] }),
    expected: Type.Optional(Type.Unknown()),
    actual: Type.Optional(Type.Unknown()),
  },
  {
    ...CLOSED,
    title: 'Miss',
    description: 'Without `expected` the field must be absent, without `actual` it is absent.',
  },
)
export type Miss = Static<typeof Miss>

export const Verification = Type.Object(
  {
    passed: Type.Boolean(),
    matched: Type.Integer({ minimum: 0 }),
    request_ids: Type.Array(Type.Integer(), { description: 'The requests that match, the oldest first.' }),
    expected: Type.Object(
      { min: Type.Integer(), max: Nullable(Type.Integer({ description: 'null: any number.' })) },
      CLOSED,
    ),
    message: Type.String({ description: 'The result as text.' }),
    nearest: Type.Array(Type.Object({ request_id: Type.Integer(), differences: Type.Array(Miss) }, CLOSED), {
      description: 'If too few match: up to three of the other requests, the closest first.',
    }),
  },
  { ...CLOSED, title: 'Verification' },
)
export type Verification = Static<typeof Verification>

export const Cleared = Type.Object(
  { cleared: Type.Integer({ minimum: 0, description: 'The number of removed entries.' }) },
  { ...CLOSED, title: 'Cleared' },
)
export type Cleared = Static<typeof Cleared>
