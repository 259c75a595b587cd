import { AccessAppType } from '../access-application.ts'
import { AccessAppPolicy, AccessPolicy } from '../access-policy.ts'
import { AccessServiceToken } from '../access-service-token.ts'
import { AccessTag } from '../access-tag.ts'
import { AccountId } from '../identifiers.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'
import { LatestEventId } from './event.ts'

const { id, name, decision, session_duration, created_at, updated_at } = AccessPolicy.properties
const TIMES = { created_at, updated_at }

const PolicyRule = Type.Object(
  {
    selector: Type.String({ examples: ['email_domain'] }),
    values: Type.Array(Type.String(), { examples: [['example.com']] }),
  },
  { ...CLOSED, title: 'PolicyRule' },
)
export type PolicyRule = Static<typeof PolicyRule>

const OverviewPolicy = Type.Object(
  {
    account_id: AccountId,
    id,
    name,
    decision,
    session_duration,
    include: Type.Array(PolicyRule, { description: 'A user must meet one of them.' }),
    exclude: Type.Array(PolicyRule, { description: 'A user must meet none of them.' }),
    require: Type.Array(PolicyRule, { description: 'A user must meet all of them.' }),
    app_id: Nullable(Type.String({ description: 'The only application that it belongs to; null if it is reusable.' })),
    app_count: Type.Integer({ minimum: 0, description: 'How many applications have it.' }),
    ...TIMES,
  },
  { ...CLOSED, title: 'OverviewPolicy' },
)
export type OverviewPolicy = Static<typeof OverviewPolicy>

const OverviewApplication = Type.Object(
  {
    account_id: AccountId,
    id,
    name: Nullable(Type.String()),
    type: AccessAppType,
    domain: Nullable(Type.String({ description: 'The primary hostname and path.' })),
    destinations: Type.Array(Type.String(), { description: 'Every hostname and path that it protects.' }),
    session_duration: Nullable(Type.String()),
    tags: Type.Array(Type.String()),
    policies: Type.Array(
      Type.Object({ id, name, decision, precedence: AccessAppPolicy.properties.precedence }, CLOSED),
      { description: 'By precedence.' },
    ),
    ...TIMES,
  },
  { ...CLOSED, title: 'OverviewApplication' },
)
export type OverviewApplication = Static<typeof OverviewApplication>

const OverviewServiceToken = Type.Object(
  { account_id: AccountId, ...Type.Omit(AccessServiceToken, ['client_id']).properties },
  { ...CLOSED, title: 'OverviewServiceToken', description: 'Without the client id and the client secret.' },
)

const OverviewTag = Type.Object({ account_id: AccountId, ...AccessTag.properties }, { ...CLOSED, title: 'OverviewTag' })

export const AccessOverview = Type.Object(
  {
    event_id: LatestEventId,
    applications: Type.Array(OverviewApplication),
    policies: Type.Array(OverviewPolicy),
    service_tokens: Type.Array(OverviewServiceToken),
    tags: Type.Array(OverviewTag),
  },
  {
    ...CLOSED,
    title: 'AccessOverview',
    description: 'Access in all accounts, without secrets. Each list has the oldest of an account first.',
  },
)
export type AccessOverview = Static<typeof AccessOverview>
