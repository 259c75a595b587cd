import { AccessAppInput, AccessAppType } from './access-application.ts'
import { AccessId } from './access-common.ts'
import { AccessPolicyInput } from './access-policy.ts'
import { AccessServiceTokenInput } from './access-service-token.ts'
import { AccountId } from './identifiers.ts'
import { CLOSED, Nullable, type Static, Type } from './typebox.ts'

const Time = Type.String({ format: 'moment', description: 'RFC 3339, or an age such as "-45d".' })

/** Unlike the other times, it may be in the future. */
const Expiry = Type.String({ format: 'date-time', description: 'RFC 3339.' })

const TIMES = { created_at: Type.Optional(Time), updated_at: Type.Optional(Time) }

const { policies: _, ...APP_FIELDS } = AccessAppInput.properties

const StateAccessApp = Type.Object(
  {
    id: Type.Optional(AccessId),
    aud: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    ...TIMES,
    ...APP_FIELDS,
    type: Type.Optional(AccessAppType),
    policies: Type.Optional(
      Type.Array(Type.Object({ id: AccessId, precedence: Type.Optional(Type.Integer({ minimum: 1 })) }, CLOSED)),
    ),
  },
  { ...CLOSED, description: 'One application, by default self_hosted.' },
)
export type StateAccessApp = Static<typeof StateAccessApp>

const StateAccessPolicy = Type.Object(
  {
    id: Type.Optional(AccessId),
    app_id: Type.Optional(Nullable(Type.String({ description: 'The only application that it belongs to.' }))),
    ...TIMES,
    ...AccessPolicyInput.properties,
  },
  { ...CLOSED, description: 'One policy, by default reusable.' },
)
export type StateAccessPolicy = Static<typeof StateAccessPolicy>

const StateAccessTag = Type.Object(
  { name: Type.String({ minLength: 1 }), ...TIMES },
  { ...CLOSED, description: 'One tag.' },
)
export type StateAccessTag = Static<typeof StateAccessTag>

const { previous_client_secret_expires_at: __, ...TOKEN_FIELDS } = AccessServiceTokenInput.properties

const StateAccessServiceToken = Type.Object(
  {
    id: Type.Optional(AccessId),
    client_id: Type.Optional(Type.String({ minLength: 1 })),
    client_secret: Type.Optional(Type.String({ minLength: 1 })),
    expires_at: Type.Optional(Nullable(Expiry)),
    ...TIMES,
    ...TOKEN_FIELDS,
  },
  { ...CLOSED, description: 'One service token.' },
)
export type StateAccessServiceToken = Static<typeof StateAccessServiceToken>

const StateAccountAccess = Type.Object(
  {
    account_id: Type.Optional(AccountId),
    policies: Type.Optional(Type.Array(StateAccessPolicy)),
    applications: Type.Optional(Type.Array(StateAccessApp)),
    tags: Type.Optional(Type.Array(StateAccessTag)),
    service_tokens: Type.Optional(Type.Array(StateAccessServiceToken)),
  },
  { ...CLOSED, description: 'Access in one account, by default the one that `mockflared env` prints.' },
)
export type StateAccountAccess = Static<typeof StateAccountAccess>

export const StateAccess = Type.Array(StateAccountAccess, { description: 'Access by account. Default: none.' })

declare module './state.ts' {
  interface StateSections {
    access?: StateAccountAccess[]
  }
}
