import { Timestamp } from '../timestamp.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'

const Method = Type.String({ examples: ['POST'] })
const Operation = Type.String({
  description: 'As the OpenAPI document of the emulated API names it.',
  examples: ['cloudflare-tunnel-create-a-cloudflare-tunnel'],
})
const Path = Type.String({
  description: 'Without base path and query.',
  examples: ['/accounts/699d98642c564d2e855e9661899b7252/cfd_tunnel'],
})

/** A request to the emulated API with its response. "[redacted]" replaces each secret. */
export const JournalEntry = Type.Object(
  {
    id: Type.Integer({ minimum: 1, description: 'Counted in each world.' }),
    at: Timestamp,
    operation: Nullable(Operation),
    not_emulated: Type.Optional(
      Type.String({
        description: 'The operation of Cloudflare that was asked for, if it is not emulated.',
        examples: ['PATCH /zones/{zone_id}'],
      }),
    ),
    method: Method,
    path: Path,
    account_id: Nullable(Type.String()),
    tunnel_id: Nullable(Type.String()),
    query: Type.Record(Type.String(), Type.Unknown(), { description: 'As sent: every value is text.' }),
    headers: Type.Record(Type.String(), Type.String(), { description: 'Those that matter, in lower case.' }),
    body: Type.Unknown({ description: 'JSON; null without one; a text in brackets when it was no JSON or too long.' }),
    status: Nullable(Type.Integer({ description: 'null: the connection ended before an answer began.' })),
    answer: Type.Unknown({ description: 'Like `body`.' }),
    duration_ms: Nullable(
      Type.Number({
        minimum: 0,
        description: 'Of real time; null while the clock is frozen, so that the same calls give the same bytes.',
      }),
    ),
    unread: Type.Array(Type.String(), {
      description: 'What was sent and nothing read.',
      examples: [['query.colour', 'body.config_source']],
    }),
  },
  { ...CLOSED, title: 'JournalEntry' },
)
export type JournalEntry = Static<typeof JournalEntry>

export const JournalEntries = Type.Array(JournalEntry)

/** Selects entries of the request log by all keys that it has. */
export const RequestFilter = Type.Object(
  {
    operation: Type.Optional(Operation),
    method: Type.Optional(Method),
    path: Type.Optional(Type.String({ description: 'How the path starts, without base path.' })),
    account_id: Type.Optional(Type.String()),
    tunnel_id: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only those after the entry with this id.' })),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, description: 'This many: the first with `after`, else the newest.' }),
    ),
  },
  { ...CLOSED, title: 'RequestFilter' },
)
export type RequestFilter = Static<typeof RequestFilter>

const Count = Type.Object(
  { min: Type.Optional(Type.Integer({ minimum: 0 })), max: Type.Optional(Type.Integer({ minimum: 0 })) },
  { ...CLOSED, description: 'How many must match. Left out: at least one. With `max` alone: from none up to it.' },
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
      Type.Record(Type.String(), Type.Unknown(), { description: 'Only what it names is compared, as text.' }),
    ),
    body: Type.Optional(
      Type.Unknown({
        description:
          'Only what it names is compared; arrays element by element, none missing and none more. A secret is "[redacted]".',
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
    description: 'Without `expected` there should be nothing, without `actual` there is nothing.',
  },
)
export type Miss = Static<typeof Miss>

export const Verification = Type.Object(
  {
    passed: Type.Boolean(),
    matched: Type.Integer({ minimum: 0 }),
    expected: Type.Object(
      { min: Type.Integer(), max: Nullable(Type.Integer({ description: 'null: any number.' })) },
      CLOSED,
    ),
    message: Type.String({ description: 'For people, in several lines.' }),
    nearest: Type.Array(Type.Object({ request_id: Type.Integer(), differences: Type.Array(Miss) }, CLOSED), {
      description: 'When too few matched: up to three of the others, the nearest first.',
    }),
  },
  { ...CLOSED, title: 'Verification' },
)
export type Verification = Static<typeof Verification>

export const Cleared = Type.Object(
  { cleared: Type.Integer({ minimum: 0, description: 'How many entries there were.' }) },
  { ...CLOSED, title: 'Cleared' },
)
export type Cleared = Static<typeof Cleared>
