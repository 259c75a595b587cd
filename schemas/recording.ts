/** A file of requests and Cloudflare's responses, which users can send us. */
import { CLOSED, type Static, TextEnum, Type } from './typebox.ts'

const Note = Type.Optional(Type.String({ description: 'A description for people.' }))
function Headers(description: string) {
  return Type.Optional(Type.Record(Type.String(), Type.String(), { description }))
}

export const Exchange = Type.Object(
  {
    note: Note,
    request: Type.Object(
      {
        method: TextEnum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']),
        path: Type.String({ pattern: '^/', description: 'Relative to the base URL, without the query.' }),
        query: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Not URL-encoded.' })),
        headers: Headers('The headers that matter. A replay adds a credential.'),
        anonymous: Type.Optional(Type.Boolean({ description: 'True if it is sent without a credential.' })),
        body: Type.Optional(Type.Unknown({ description: 'JSON; absent if there was no body.' })),
      },
      CLOSED,
    ),
    response: Type.Object(
      {
        status: Type.Integer({ minimum: 100, maximum: 599 }),
        headers: Headers('The headers to compare, in lower case.'),
        body: Type.Optional(
          Type.Unknown({ description: 'JSON, or a string if the body is not JSON; absent if there was no body.' }),
        ),
      },
      CLOSED,
    ),
  },
  { ...CLOSED, title: 'Exchange' },
)
export type Exchange = Static<typeof Exchange>

/** A change between two exchanges, as an operation of mockflared's control plane. */
export const ControlStep = Type.Object(
  {
    note: Note,
    control: Type.String({ description: 'An operation of the control plane.', examples: ['connectConnector'] }),
    input: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'The input of the operation.' })),
  },
  { ...CLOSED, title: 'ControlStep' },
)
export type ControlStep = Static<typeof ControlStep>

export const Recording = Type.Object(
  {
    version: Type.Literal(1),
    note: Note,
    recorded_at: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'The time of the replay, which also uses the behaviour of that day.',
      }),
    ),
    steps: Type.Array(Type.Union([Exchange, ControlStep]), { minItems: 1 }),
  },
  { ...CLOSED, title: 'Recording' },
)
export type Recording = Static<typeof Recording>
