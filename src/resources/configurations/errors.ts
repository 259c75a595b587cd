import { defineErrors } from '../../gateway/api-error.ts'

export const CONFIGURATION_ERRORS = defineErrors({
  configuration_not_found: {
    status: 404,
    evidence: 'recorded',
    source: 'flare-operator recording 0103, 2026-09-29; for an unknown tunnel, alchemy-run/distilled, 2026-04',
    errors: () => [{ code: 1055, message: 'Configuration for tunnel not found' }],
  },
  configuration_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'flare-operator recordings 0050 and 0051, 2026-09-29: with a line feed at the end',
    errors: reason => [{ code: 1056, message: `Bad Configuration: Validation failed: ${reason}\n` }],
  },
})
