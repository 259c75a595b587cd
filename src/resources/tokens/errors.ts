import { defineErrors } from '../../gateway/api-error.ts'

export const TOKEN_ERRORS = defineErrors({
  token_not_found: {
    status: 404,
    evidence: 'assumed',
    source: 'the code recorded by alchemy-run/distilled, 2026-04, the status inferred; no source for the text',
    errors: () => [{ code: 1054, message: 'Token for tunnel not found' }],
  },
})
