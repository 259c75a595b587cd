import type { Behaviours } from '../../evidence/types.ts'
import { RECORD_OPERATIONS } from './operation-ids.ts'

const { list } = RECORD_OPERATIONS
const REFERENCE = 'the API reference of DNS Records'

/** Behaviours of the list of records. */
export const RECORD_LISTS = {
  dns_order: {
    operations: [list],
    statement: 'Records are in the order of type, then name, then newest first.',
    evidence: 'recorded',
    source: `${REFERENCE} for the type; dns-lexicon recordings of 2025-08 for the rest`,
  },
  dns_direction: {
    operations: [list],
    statement: '`direction` reverses only the field in `order`.',
    evidence: 'assumed',
    source: 'our choice',
    usedIn: ({ query }) => query.direction === 'desc',
  },
  dns_filters: {
    operations: [list],
    statement: 'Filters ignore case. `name` is the same as `name.exact`.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_page_size: {
    operations: [list],
    statement: 'A page has 100 records by default, and up to 5,000,000.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_search: {
    operations: [list],
    statement: '`search` finds a part of name, content, comment or tags.',
    evidence: 'assumed',
    source: 'the reference does not say',
    usedIn: ({ query }) => query.search !== undefined,
  },
  dns_survives_tunnel: {
    operations: [list],
    statement: 'Deleting a tunnel keeps the records that point to it.',
    evidence: 'documented',
    source: 'the page on DNS records for tunnels; cloudflared#354',
  },
} as const satisfies Behaviours
