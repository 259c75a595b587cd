import { ConnectorId, TunnelId } from '../identifiers.ts'
import { CLOSED, type Static, TextEnum, Type } from '../typebox.ts'
import { ExactlyOne, Millis, SELECTION } from './fault-parts.ts'

const REAL_TIME = 'Real time, whatever the clock of the world does.'

function Delay(description: string) {
  return Type.Object({ ms: Millis(REAL_TIME) }, { ...CLOSED, description })
}

const EFFECTS = {
  refuse_registration: Type.Object(
    {
      cause: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 300,
          default: 'Unauthorized: Failed to get tunnel',
          description:
            'The text that cloudflared logs. It tries again after "Unauthorized…" and "EDUPCONN"; after another text it exits if it has no connection yet.',
        }),
      ),
      should_retry: Type.Optional(Type.Boolean({ default: true })),
    },
    { ...CLOSED, description: 'Refuses a connection that registers.' },
  ),
  delay_registration: Delay('Answers a registration late. cloudflared waits five seconds.'),
  corrupt_frame: Type.Literal(true, {
    description: 'Answers a registration with a broken frame. cloudflared exits if it has no connection yet.',
  }),
  drop_connection: Type.Object(
    { after_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 3_600_000, default: 0, description: REAL_TIME })) },
    { ...CLOSED, description: 'Cuts a connection that is there, or one that has just registered.' },
  ),
  stall: Delay('Neither reads nor writes a connection that is there, or one that has just registered.'),
  refuse_configuration: Type.Literal(true, { description: 'Sends a connector no new configuration.' }),
  delay_configuration: Delay('Sends a connector a new configuration late.'),
  http_status: Type.Object(
    { status: Type.Integer({ minimum: 400, maximum: 599 }) },
    { ...CLOSED, description: 'The gateway answers with this status; the origin does not see the request.' },
  ),
  latency: Delay('The gateway sends a request on late.'),
  cut_after: Type.Object(
    { bytes: Type.Integer({ minimum: 1, description: 'Bytes of the body.' }) },
    { ...CLOSED, description: 'The gateway cuts the connection of the visitor after so much of the body.' },
  ),
}

const AllEffects = Type.Object(EFFECTS)
export type EdgeFaultEffects = Static<typeof AllEffects>

export const EdgeFaultEffect = ExactlyOne(AllEffects, {
  title: 'EdgeFaultEffect',
  description: 'The failure: exactly one of these keys.',
  examples: [{ drop_connection: { after_ms: 1_000 } }],
})
export type EdgeFaultEffect = Static<typeof EdgeFaultEffect>

/** What a rule matches, and which of that it acts on. */
const WHEN = {
  tunnel_id: Type.Optional(TunnelId),
  connector_id: Type.Optional(ConnectorId),
  conn_index: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 255, description: 'The index of the connection in its connector.' }),
  ),
  hostname: Type.Optional(Type.String({ description: 'Of a request to the gateway.', examples: ['shop.example.com'] })),
  path: Type.Optional(
    Type.String({
      description: 'Of a request to the gateway, without query; `*` is any one segment and `**`, at the end, any rest.',
      examples: ['/images/**'],
    }),
  ),
  ...SELECTION,
}

export const EdgeFaultRule = Type.Object(
  { ...WHEN, effect: EdgeFaultEffect },
  {
    ...CLOSED,
    title: 'EdgeFaultRule',
    description: 'The effect says what the rule matches: registrations, connections, configurations or requests.',
  },
)
export type EdgeFaultRule = Static<typeof EdgeFaultRule>

export const EdgeFaultPreset = TextEnum(['edge-outage', 'flapping', 'slow-propagation'])
export type EdgeFaultPreset = Static<typeof EdgeFaultPreset>

/** One object and not a union, so that an error names the place in it. */
export const EdgeFaultRequest = Type.Object(
  { ...WHEN, effect: Type.Optional(EdgeFaultEffect), preset: Type.Optional(EdgeFaultPreset) },
  {
    ...CLOSED,
    title: 'EdgeFaultRequest',
    description: 'A rule with its effect, or a preset alone.',
    examples: [{ preset: 'slow-propagation' }],
  },
)
export type EdgeFaultRequest = Static<typeof EdgeFaultRequest>

export const EdgeFaultReport = Type.Object(
  {
    id: Type.String({ examples: ['edge-fault-1'] }),
    ...EdgeFaultRule.properties,
    hits: Type.Integer({ description: 'How often it acted.' }),
    seen: Type.Integer({ description: 'How often it matched, whether it acted or not.' }),
    exhausted: Type.Boolean({ description: 'Whether the rule can no longer apply.' }),
  },
  { ...CLOSED, title: 'EdgeFaultReport', description: 'A rule as you wrote it, with its hits.' },
)
export type EdgeFaultReport = Static<typeof EdgeFaultReport>

export const EdgeFaultReports = Type.Array(EdgeFaultReport)
