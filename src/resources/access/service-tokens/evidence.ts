import { always, type Behaviours, hasItems } from '../../../evidence/types.ts'
import { ACCESS_OPERATIONS } from '../operation-ids.ts'
import { RECORDINGS, REFERENCE } from '../sources.ts'

const { list_tokens, create_token, get_token, update_token, rotate_token, refresh_token } = ACCESS_OPERATIONS

const TOKENS = [list_tokens, create_token, get_token, update_token, rotate_token, refresh_token]

/** Behaviours of service tokens. */
export const TOKENS_EVIDENCE = {
  access_token_values: {
    operations: TOKENS,
    statement: 'A service token has the keys of a recorded one, and `enabled`.',
    evidence: 'recorded',
    source: `${RECORDINGS}; ${REFERENCE} for \`enabled\``,
    usedIn: hasItems,
  },
  access_token_secret_once: {
    operations: TOKENS,
    statement: 'Only the response to the request that generates a secret has it.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_token_duration: {
    operations: [create_token, update_token],
    statement: 'A service token is valid for 8760 hours, for its `duration`, or `forever`.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_token_update: {
    operations: [update_token],
    statement: 'An update of a service token keeps what it leaves out. Another duration counts from then on.',
    evidence: 'inferred',
    source: `${REFERENCE}: all of its fields are optional`,
    usedIn: always,
  },
  access_token_rotation: {
    operations: [update_token, rotate_token],
    statement: 'A rotation, or a greater `client_secret_version`, generates a new secret.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_token_refresh: {
    operations: [refresh_token],
    statement: 'A refresh extends a service token by its duration from then on.',
    evidence: 'documented',
    source: REFERENCE,
  },
} as const satisfies Behaviours
