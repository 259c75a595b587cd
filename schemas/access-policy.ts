import { AccessId, AccessTime, AnyObject, pageParameters } from './access-common.ts'
import { labelled } from './evidence.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, Type } from './typebox.ts'

const AccessDecision = TextEnum(['allow', 'deny', 'non_identity', 'bypass'])

/** One selector with its value, such as `{ email: { email: 'me@example.com' } }`. */
const AccessRule = Type.Object({}, { ...OPEN, title: 'AccessRule' })

/** Fields that are in an answer only if a request set them (documented: access_optional_fields). */
const OPTIONAL = {
  approval_groups: Type.Optional(Type.Array(AnyObject)),
  approval_required: Type.Optional(Type.Boolean()),
  connection_rules: Type.Optional(AnyObject),
  isolation_required: Type.Optional(Type.Boolean()),
  mfa_config: Type.Optional(AnyObject),
  purpose_justification_prompt: Type.Optional(Type.String()),
  purpose_justification_required: Type.Optional(Type.Boolean()),
}

/** What a request says of a policy. */
export const AccessPolicyInput = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    decision: AccessDecision,
    include: Type.Array(AccessRule, { minItems: 1, description: 'A user must meet one of them.' }),
    exclude: Type.Optional(Type.Array(AccessRule, { description: 'A user must meet none of them.' })),
    require: Type.Optional(Type.Array(AccessRule, { description: 'A user must meet all of them.' })),
    session_duration: Type.Optional(Type.String({ examples: ['24h'] })),
    ...OPTIONAL,
  },
  {
    ...labelled('documented'),
    examples: [{ name: 'my-policy', decision: 'allow', include: [{ email: { email: 'user@example.com' } }] }],
  },
)
export type AccessPolicyInput = Static<typeof AccessPolicyInput>

/** What a policy says, with defaults. */
const SETTINGS = {
  name: Type.String(),
  decision: AccessDecision,
  include: Type.Array(AccessRule),
  exclude: Type.Array(AccessRule),
  require: Type.Array(AccessRule),
  session_duration: Type.String(),
  ...OPTIONAL,
}
export const AccessPolicySettings = Type.Object(SETTINGS)
export type AccessPolicySettings = Static<typeof AccessPolicySettings>

const TIMES = { created_at: AccessTime, updated_at: AccessTime }
const IDS = { id: AccessId, uid: AccessId }

/** A policy that any application of the account can use. */
export const AccessPolicy = Type.Object(
  { ...IDS, reusable: Type.Literal(true), app_count: Type.Integer({ minimum: 0 }), ...SETTINGS, ...TIMES },
  { ...CLOSED, ...labelled('recorded'), title: 'AccessPolicy' },
)
export type AccessPolicy = Static<typeof AccessPolicy>

/** A policy as its application shows it. Without `reusable`, it belongs to the application. */
export const AccessAppPolicy = Type.Object(
  { ...IDS, reusable: Type.Boolean(), precedence: Type.Integer({ minimum: 1 }), ...SETTINGS, ...TIMES },
  { ...CLOSED, ...labelled('recorded'), title: 'AccessAppPolicy' },
)
export type AccessAppPolicy = Static<typeof AccessAppPolicy>

export const AccessPolicyListQuery = Type.Object(pageParameters(100), OPEN)

export const DeletedAccessObject = Type.Object({ id: AccessId }, { ...CLOSED, ...labelled('documented') })

/** A policy as the database stores it. `app_id` is null for a reusable one. */
export interface AccessPolicyRecord {
  readonly id: string
  readonly account_id: string
  readonly app_id: string | null
  readonly settings: AccessPolicySettings
  readonly created_at: string
  readonly updated_at: string
}

/** The policies of an application, in a request: the id of a policy, a link or a new policy. */
export const AccessPolicyReference = Type.Union([
  Type.String({ description: 'The id of a reusable policy.' }),
  Type.Object(
    {
      id: Type.Optional(Type.String()),
      precedence: Type.Optional(Nullable(Type.Integer({ minimum: 1 }))),
    },
    { ...OPEN, description: 'A link to a reusable policy, or a policy of the application alone.' },
  ),
])
export type AccessPolicyReference = Static<typeof AccessPolicyReference>
