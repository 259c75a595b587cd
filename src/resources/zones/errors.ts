import { defineErrors } from '../../gateway/api-error.ts'

export const ZONE_ERRORS = defineErrors({
  zone_unknown: {
    status: 404,
    evidence: 'assumed',
    source: 'no source for a well-formed id; this is the error for a malformed id',
    errors: path => [
      { code: 7003, message: `Could not route to /client/v4${path}, perhaps your object identifier is invalid?` },
    ],
  },
})
