import { labelled } from './evidence.ts'
import { AccountId, ZoneId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, Type } from './typebox.ts'

export const ZoneStatus = TextEnum(['initializing', 'pending', 'active', 'moved'])
export type ZoneStatus = Static<typeof ZoneStatus>

export const ZoneType = TextEnum(['full', 'partial', 'secondary', 'internal'])
export type ZoneType = Static<typeof ZoneType>

/** The `legacy_id` of the plans that a zone can have. */
export const PlanName = TextEnum(['free', 'pro', 'business', 'enterprise'])
export type PlanName = Static<typeof PlanName>

const Plan = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    price: Type.Number(),
    currency: Type.String(),
    frequency: Type.String(),
    is_subscribed: Type.Boolean(),
    can_subscribe: Type.Boolean(),
    legacy_id: PlanName,
    legacy_discount: Type.Boolean(),
    externally_managed: Type.Boolean(),
  },
  CLOSED,
)

export const Zone = Type.Object(
  {
    id: ZoneId,
    name: Type.String({ description: 'The domain name.' }),
    status: ZoneStatus,
    paused: Type.Boolean(),
    type: ZoneType,
    development_mode: Type.Integer({ description: 'Seconds until development mode ends; 0 if it is off.' }),
    name_servers: Type.Array(Type.String()),
    original_name_servers: Nullable(Type.Array(Type.String())),
    original_registrar: Nullable(Type.String()),
    original_dnshost: Nullable(Type.String()),
    modified_on: Timestamp,
    created_on: Timestamp,
    activated_on: Nullable(Timestamp),
    vanity_name_servers: Type.Array(Type.String()),
    vanity_name_servers_ips: Type.Null(),
    meta: Type.Object(
      {
        step: Type.Integer(),
        custom_certificate_quota: Type.Integer(),
        page_rule_quota: Type.Integer(),
        phishing_detected: Type.Boolean(),
      },
      CLOSED,
    ),
    owner: Type.Object({ id: Type.Null(), type: Type.Literal('user'), email: Type.Null() }, CLOSED),
    account: Type.Object({ id: AccountId, name: Type.String() }, CLOSED),
    tenant: Type.Object({ id: Type.Null(), name: Type.Null() }, CLOSED),
    tenant_unit: Type.Object({ id: Type.Null() }, CLOSED),
    permissions: Type.Array(Type.String()),
    plan: Plan,
  },
  { ...CLOSED, ...labelled('recorded'), title: 'Zone' },
)
export type Zone = Static<typeof Zone>

const PER_PAGE = { description: 'Zones per page. The documented maximum is 50, but more are accepted.' }

export const ZoneListQuery = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        description:
          'A domain name, exact unless an operator precedes it: equal:, not_equal:, starts_with:, ends_with:, contains:.',
        ...labelled('documented'),
      }),
    ),
    'account.id': Type.Optional(Type.String(labelled('documented'))),
    'account.name': Type.Optional(Type.String({ description: 'As for name.', ...labelled('documented') })),
    status: Type.Optional(ZoneStatus),
    type: Type.Optional(Type.Array(ZoneType, { description: 'Default: all types but internal.' })),
    match: TextEnum(['all', 'any'], { default: 'all', description: 'Whether all filters must match.' }),
    order: Type.Optional(TextEnum(['name', 'status', 'account.id', 'account.name', 'plan.id'])),
    direction: TextEnum(['asc', 'desc'], { default: 'asc' }),
    page: Type.Integer({ minimum: 1, default: 1 }),
    per_page: Type.Integer({ minimum: 1, maximum: 1000, default: 20, ...PER_PAGE }),
  },
  { ...OPEN, ...labelled('documented') },
)
export type ZoneListQuery = Static<typeof ZoneListQuery>

/** A zone as the database stores it. */
export interface ZoneRecord {
  readonly id: string
  readonly name: string
  readonly account_id: string
  readonly status: ZoneStatus
  readonly paused: boolean
  readonly type: ZoneType
  readonly plan: PlanName
  readonly name_servers: readonly string[]
  readonly created_on: string
  readonly modified_on: string
}
