import { always, type Behaviours } from '../../evidence/types.ts'
import { ACCOUNT_OPERATIONS } from './operation-ids.ts'

const { list, get, list_members, list_memberships, get_user, verify_token, verify_account_token } = ACCOUNT_OPERATIONS

/** Behaviours of accounts, memberships, the user and token verification. */
export const ACCOUNTS = {
  account_keys: {
    operations: [list, get],
    statement: 'An account has id, name, type, settings and created_on; the settings are those of a recording.',
    evidence: 'recorded',
    source: 'cf-terraforming recording of accounts, 2025; its `legacy_flags` are left out',
  },
  account_values: {
    operations: [list, get],
    statement:
      'An account has the type standard, was created in 2014 and has the name in the seed, or "Example account".',
    evidence: 'assumed',
    source: 'our choice',
    isNoted: true,
  },
  account_list_covered: {
    operations: [list, list_memberships],
    statement: 'A list has the accounts that the credentials cover.',
    evidence: 'inferred',
    source: 'tokens are limited to accounts; no source for a list',
    unobservable: 'only `--auth strict` limits credentials, and the list looks like any other',
  },
  account_permission_groups: {
    operations: [list, get, list_members, list_memberships, get_user],
    statement: 'Reading requires `Account Settings Read`, `Memberships Read` or `User Details Read`.',
    evidence: 'documented',
    source: "Cloudflare's list of API token permissions",
  },
  membership_keys: {
    operations: [list_memberships],
    statement: 'A membership has id, account, status and roles.',
    evidence: 'client',
    source: 'wrangler reads account.id and account.name; the names of the keys are documented',
  },
  membership_values: {
    operations: [list_memberships],
    statement: 'The user is an accepted super administrator of every account.',
    evidence: 'assumed',
    source: 'our choice',
    isNoted: true,
  },
  user_values: {
    operations: [get_user, list_members],
    statement: 'There is one user, with the address that came with an API key, or user@example.com.',
    evidence: 'assumed',
    source: 'our choice',
    isNoted: true,
  },
  token_verified: {
    operations: [verify_token, verify_account_token],
    statement: 'An active token gets its id and status, and one message with code 10000.',
    evidence: 'recorded',
    source: 'craft-cloudflare#88, 2026-05, whole response; several READMEs',
    usedIn: always,
  },
  token_id: {
    operations: [verify_token, verify_account_token],
    statement: 'The id of a token follows from its text.',
    evidence: 'assumed',
    source: 'our choice: 32 hex digits are recorded',
    isNoted: true,
  },
  token_owner: {
    operations: [list, verify_token],
    statement: 'A token that begins with `cfat_` belongs to an account.',
    evidence: 'documented',
    source: "Cloudflare's page on token formats",
  },
} as const satisfies Behaviours
