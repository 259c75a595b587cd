/** Operation ids as Cloudflare's OpenAPI description names them. */
export const ACCOUNT_OPERATIONS = {
  list: 'accounts-list-accounts',
  get: 'accounts-account-details',
  list_members: 'account-members-list-members',
  list_memberships: "user'-s-account-memberships-list-memberships",
  get_user: 'user-user-details',
  verify_token: 'user-api-tokens-verify-token',
  verify_account_token: 'account-api-tokens-verify-token',
} as const
