import { labelled } from './evidence.ts'
import { AccountId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, Type } from './typebox.ts'

const HexId = Type.String({ pattern: '^[0-9a-f]{32}$' })

export const Account = Type.Object(
  {
    id: AccountId,
    name: Type.String(),
    type: TextEnum(['standard', 'enterprise']),
    settings: Type.Object(
      {
        enforce_twofactor: Type.Boolean(),
        api_access_enabled: Type.Null(),
        access_approval_expiry: Type.Null(),
        use_account_custom_ns_by_default: Type.Boolean(),
        default_nameservers: Type.String(),
        abuse_contact_email: Type.Null(),
      },
      CLOSED,
    ),
    created_on: Timestamp,
  },
  { ...CLOSED, ...labelled('recorded'), title: 'Account' },
)
export type Account = Static<typeof Account>

const PAGES = {
  page: Type.Integer({ minimum: 1, default: 1 }),
  per_page: Type.Integer({ minimum: 1, maximum: 1000, default: 20 }),
  direction: TextEnum(['asc', 'desc'], { default: 'asc' }),
}

export const AccountListQuery = Type.Object(
  { name: Type.Optional(Type.String({ description: 'The exact name.' })), ...PAGES },
  { ...OPEN, ...labelled('documented') },
)
export type AccountListQuery = Static<typeof AccountListQuery>

const MembershipStatus = TextEnum(['accepted', 'pending', 'rejected'])

export const Membership = Type.Object(
  {
    id: HexId,
    status: MembershipStatus,
    account: Type.Object({ id: AccountId, name: Type.String() }, CLOSED),
    roles: Type.Array(Type.String()),
  },
  { ...CLOSED, ...labelled('client'), title: 'Membership' },
)
export type Membership = Static<typeof Membership>

export const MembershipListQuery = Type.Object(
  {
    'account.name': Type.Optional(Type.String({ description: 'The exact name of an account.' })),
    name: Type.Optional(Type.String({ description: 'The exact name of an account.' })),
    status: Type.Optional(MembershipStatus),
    order: Type.Optional(TextEnum(['id', 'account.name', 'status'])),
    ...PAGES,
  },
  { ...OPEN, ...labelled('documented') },
)
export type MembershipListQuery = Static<typeof MembershipListQuery>

const Role = Type.Object({ id: HexId, name: Type.String(), description: Type.String() }, CLOSED)

export const Member = Type.Object(
  {
    id: HexId,
    status: TextEnum(['accepted', 'pending']),
    user: Type.Object(
      {
        id: HexId,
        email: Type.String(),
        first_name: Nullable(Type.String()),
        last_name: Nullable(Type.String()),
        two_factor_authentication_enabled: Type.Boolean(),
      },
      CLOSED,
    ),
    roles: Type.Array(Role),
  },
  { ...CLOSED, ...labelled('documented'), title: 'Member' },
)
export type Member = Static<typeof Member>

export const MemberListQuery = Type.Object(
  { status: Type.Optional(TextEnum(['accepted', 'pending', 'rejected'])), ...PAGES },
  { ...OPEN, ...labelled('documented') },
)
export type MemberListQuery = Static<typeof MemberListQuery>

export const User = Type.Object(
  {
    id: HexId,
    email: Type.String(),
    first_name: Type.Null(),
    last_name: Type.Null(),
    username: Type.String(),
    telephone: Type.Null(),
    country: Type.Null(),
    zipcode: Type.Null(),
    two_factor_authentication_enabled: Type.Boolean(),
    two_factor_authentication_locked: Type.Boolean(),
    suspended: Type.Boolean(),
  },
  { ...CLOSED, ...labelled('documented'), title: 'User' },
)
export type User = Static<typeof User>

export const TokenVerification = Type.Object(
  { id: HexId, status: TextEnum(['active', 'disabled', 'expired']) },
  { ...CLOSED, ...labelled('recorded'), title: 'TokenVerification' },
)
export type TokenVerification = Static<typeof TokenVerification>
