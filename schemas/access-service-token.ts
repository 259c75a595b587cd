import { AccessId, AccessTime, pageParameters } from './access-common.ts'
import { labelled } from './evidence.ts'
import { CLOSED, OPEN, type Static, Type } from './typebox.ts'

const Expiry = Type.String({ format: 'date-time', description: 'RFC 3339.' })

const CHANGES = {
  duration: Type.Optional(Type.String({ description: 'Such as 8760h, the default, or forever.' })),
  enabled: Type.Optional(Type.Boolean()),
  client_secret_version: Type.Optional(Type.Integer({ minimum: 1, description: 'A greater one makes a new secret.' })),
  previous_client_secret_expires_at: Type.Optional(Expiry),
}

export const AccessServiceTokenInput = Type.Object(
  { name: Type.String({ minLength: 1 }), ...CHANGES },
  { ...labelled('documented'), examples: [{ name: 'my-service-token' }] },
)
export type AccessServiceTokenInput = Static<typeof AccessServiceTokenInput>

export const AccessServiceTokenUpdate = Type.Object(
  { name: Type.Optional(Type.String({ minLength: 1 })), ...CHANGES },
  { ...labelled('documented'), examples: [{ name: 'my-renamed-token' }] },
)
export type AccessServiceTokenUpdate = Static<typeof AccessServiceTokenUpdate>

const FIELDS = {
  id: AccessId,
  client_id: Type.String({ description: 'For the header CF-Access-Client-Id.' }),
  name: Type.String(),
  duration: Type.String(),
  enabled: Type.Boolean(labelled('documented')),
  expires_at: Type.Optional(AccessTime),
  created_at: AccessTime,
  updated_at: AccessTime,
}

export const AccessServiceToken = Type.Object(FIELDS, {
  ...CLOSED,
  ...labelled('recorded'),
  title: 'AccessServiceToken',
})
export type AccessServiceToken = Static<typeof AccessServiceToken>

const SECRET = Type.String({ description: 'For the header CF-Access-Client-Secret. No other response has it.' })

export const AccessServiceTokenWithSecret = Type.Object(
  { ...FIELDS, client_secret: SECRET },
  { ...CLOSED, ...labelled('documented'), title: 'AccessServiceTokenWithSecret' },
)
export type AccessServiceTokenWithSecret = Static<typeof AccessServiceTokenWithSecret>

/** An update shows the secret if it makes a new one. */
export const UpdatedAccessServiceToken = Type.Object(
  { ...FIELDS, client_secret: Type.Optional(SECRET) },
  { ...CLOSED, ...labelled('documented'), title: 'UpdatedAccessServiceToken' },
)

export const AccessServiceTokenListQuery = Type.Object(
  {
    name: Type.Optional(Type.String(labelled('documented'))),
    search: Type.Optional(Type.String({ description: 'A part of the name.', ...labelled('documented') })),
    ...pageParameters(1000),
  },
  OPEN,
)

/** A service token as the database stores it. */
export interface AccessServiceTokenRecord {
  readonly id: string
  readonly account_id: string
  readonly name: string
  readonly client_id: string
  readonly client_secret: string
  readonly client_secret_version: number
  readonly duration: string
  readonly enabled: boolean
  readonly expires_at: string | null
  readonly created_at: string
  readonly updated_at: string
}
