import { defineErrors } from '../../gateway/api-error.ts'

export const ACCOUNT_ERRORS = defineErrors({
  token_unknown: {
    status: 401,
    evidence: 'recorded',
    source: 'cloudflare-kubernetes-gateway#262, 2026-03, counterscale#268; freellmapi#297 says 403',
    errors: () => [{ code: 1000, message: 'Invalid API Token' }],
  },
  token_missing: {
    status: 400,
    evidence: 'recorded',
    source: 'cloudflare-dyndns#40, 2025-04, for an X-Auth-Key; the status is inferred',
    errors: () => [{ code: 1001, message: 'Missing "Authorization" header' }],
  },
  accounts_of_account_token: {
    status: 400,
    evidence: 'recorded',
    source: 'edgefirst-dev/starter#3, 2024-12',
    errors: () => [{ code: 1001, message: 'List accounts endpoint does not support account owned tokens.' }],
  },
})
