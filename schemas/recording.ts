/** Exchanges with the real service, or with a double of it: how a user sends us the truth in one file. */
import { CLOSED, type Static, TextEnum, Type } from './typebox.ts'

const Note = Type.Optional(Type.String({ description: 'What it shows, for people.' }))
function Headers(description: string) {
  return Type.Optional(Type.Record(Type.String(), Type.String(), { description }))
}

export const Exchange = Type.Object(
  {
    note: Note,
    request: Type.Object(
      {
        method: TextEnum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']),
        path: Type.String({ pattern: '^/', description: 'Below the base URL, without query.' }),
        query: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'Not URL-encoded.' })),
        headers: Headers('Those that matter. A credential is added by whoever replays it.'),
        anonymous: Type.Optional(Type.Boolean({ description: 'True: sent without a credential.' })),
        body: Type.Optional(Type.Unknown({ description: 'JSON; absent: there was none.' })),
      },
      CLOSED,
    ),
    response: Type.Object(
      {
        status: Type.Integer({ minimum: 100, maximum: 599 }),
        headers: Headers('Those that must be the same, in lower case.'),
        body: Type.Optional(Type.Unknown({ description: 'JSON, or a text that is none; absent: there was none.' })),
      },
      CLOSED,
    ),
  },
  { ...CLOSED, title: 'Exchange' },
)
export type Exchange = Static<typeof Exchange>

/** What happened between two exchanges, as the control plane of mockflared can bring it about. */
export const ControlStep = Type.Object(
  {
    note: Note,
    control: Type.String({ description: 'A verb of the control plane.', examples: ['connectConnector'] }),
    input: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What the verb takes.' })),
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
        description: 'It is replayed as of this time, under the behaviour of its day.',
      }),
    ),
    steps: Type.Array(Type.Union([Exchange, ControlStep]), { minItems: 1 }),
  },
  { ...CLOSED, title: 'Recording' },
)
export type Recording = Static<typeof Recording>
