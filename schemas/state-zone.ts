import { AccountId, ZoneId } from './identifiers.ts'
import { CLOSED, type Static, Type } from './typebox.ts'
import { PlanName, ZoneStatus, ZoneType } from './zone.ts'

const DATE = Type.String({ format: 'date-time', description: 'RFC 3339.' })

const StateZone = Type.Object(
  {
    name: Type.String({
      pattern: '^[^.\\s]+(\\.[^.\\s]+)+$',
      description: 'The domain name.',
      examples: ['example.com'],
    }),
    id: Type.Optional(ZoneId),
    account_id: Type.Optional(AccountId),
    plan: Type.Optional(PlanName),
    status: Type.Optional(ZoneStatus),
    type: Type.Optional(ZoneType),
    paused: Type.Optional(Type.Boolean()),
    name_servers: Type.Optional(Type.Array(Type.String())),
    created_on: Type.Optional(DATE),
    modified_on: Type.Optional(DATE),
  },
  {
    ...CLOSED,
    description:
      'One zone. By default it is active, full, on the free plan, and in the account that `mockflared env` prints. Its id follows from its name.',
  },
)
export type StateZone = Static<typeof StateZone>

export const StateZones = Type.Array(StateZone, {
  description: 'If given, only these zones exist. Default: example.com, on the Free plan.',
})

declare module './state.ts' {
  interface StateSections {
    zones?: StateZone[]
  }
}
