import { type Behaviours, hasItems } from '../../evidence/types.ts'
import { ZONE_OPERATIONS } from './operation-ids.ts'

const { list, get } = ZONE_OPERATIONS
const LEXICON = 'dns-lexicon recordings of 2025-08'

/** Behaviours of zones. */
export const ZONES = {
  zone_values: {
    operations: [list, get],
    statement: 'A zone has the keys and values of a recorded zone on the Free plan.',
    evidence: 'recorded',
    source: LEXICON,
    usedIn: hasItems,
  },
  zone_default: {
    operations: [list, get],
    statement: 'Unless a seed has zones, there is `example.com`, with the id of the documentation.',
    evidence: 'assumed',
    source: 'our choice: programs first look up a zone',
    isNoted: true,
  },
  zone_plans: {
    operations: [list, get],
    statement: 'Ids, prices and periods of the plans above Free are made up.',
    evidence: 'assumed',
    source: 'no source',
    isNoted: true,
  },
  zone_permissions: {
    operations: [list, get],
    statement: '`permissions` lists what a token for DNS may do, such as `#dns_records:edit`.',
    evidence: 'recorded',
    source: LEXICON,
  },
  zone_order: {
    operations: [list],
    statement: 'Zones are in the order of their names, unless `order` says otherwise.',
    evidence: 'inferred',
    source: `${LEXICON}: three zones in an order that is by name and newest first`,
    usedIn: ({ items }) => items.length > 1,
  },
  zone_operators: {
    operations: [list],
    statement: 'A filter is exact unless an operator such as `contains:` precedes the text.',
    evidence: 'documented',
    source: 'the API reference of List Zones',
    usedIn: ({ query }) => /^\w+:/.test(String(query.name ?? query['account.name'] ?? '')),
  },
  zone_internal_hidden: {
    operations: [list],
    statement: 'Zones of type internal are listed only on request.',
    evidence: 'documented',
    source: 'the API reference of List Zones',
  },
  zone_page_size: {
    operations: [list],
    statement: 'A page has 20 zones by default; more than the documented maximum of 50 are accepted.',
    evidence: 'recorded',
    source: `python-cloudflare#103 and ${LEXICON}, with 100`,
    usedIn: ({ query }) => Number(query.per_page) > 50,
  },
  zone_permission_groups: {
    operations: [list, get],
    statement: 'Reading zones requires the permission group `Zone Read` or `Zone Write`.',
    evidence: 'documented',
    source: "Cloudflare's list of API token permissions",
  },
} as const satisfies Behaviours
