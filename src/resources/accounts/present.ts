import { createHash } from 'node:crypto'
import type { Account, Member, Membership, User } from '../../../schemas/account.ts'
import type { AccountRecord } from '../../../schemas/records.ts'
import { UNNAMED_ACCOUNT } from '../sample-account.ts'

/** Before anything else in a world (assumed: account_values). */
const BIRTHDAY = '2014-01-01T05:20:00.123450Z'

/** The one user of a world (assumed: user_values). */
const USER_EMAIL = 'user@example.com'

/** A repeatable id of 32 hex digits for something that no seed names. */
export function derivedId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** The keys and settings of a recording (recorded: account_keys). */
export function presentAccount({ id, name }: AccountRecord): Account {
  return {
    id,
    name: name ?? UNNAMED_ACCOUNT,
    type: 'standard',
    settings: {
      enforce_twofactor: false,
      api_access_enabled: null,
      access_approval_expiry: null,
      use_account_custom_ns_by_default: false,
      default_nameservers: 'cloudflare.standard',
      abuse_contact_email: null,
    },
    created_on: BIRTHDAY,
  }
}

/** What wrangler reads (client: membership_keys), with our values (assumed: membership_values). */
export function presentMembership({ id, name }: AccountRecord): Membership {
  return {
    id: derivedId(`membership ${id}`),
    status: 'accepted',
    account: { id, name: name ?? UNNAMED_ACCOUNT },
    roles: ['Super Administrator - All Privileges'],
  }
}

/** The one user is a member of every account (assumed: user_values). */
export function presentMember(account_id: string): Member {
  return {
    id: derivedId(`membership ${account_id}`),
    status: 'accepted',
    user: {
      id: derivedId('user'),
      email: USER_EMAIL,
      first_name: null,
      last_name: null,
      two_factor_authentication_enabled: false,
    },
    roles: [
      {
        id: derivedId('role'),
        name: 'Super Administrator - All Privileges',
        description: 'Can edit any Cloudflare setting, make purchases, update billing, and manage memberships.',
      },
    ],
  }
}

/** The caller's own address if it came with an API key (assumed: user_values). */
export function presentUser(email = USER_EMAIL): User {
  return {
    id: derivedId('user'),
    email,
    first_name: null,
    last_name: null,
    username: derivedId('username'),
    telephone: null,
    country: null,
    zipcode: null,
    two_factor_authentication_enabled: false,
    two_factor_authentication_locked: false,
    suspended: false,
  }
}
