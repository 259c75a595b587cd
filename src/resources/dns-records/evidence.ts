import { type Behaviours, type Fields, hasItems } from '../../evidence/types.ts'
import { hasComponents } from './components.ts'
import { RECORD_OPERATIONS } from './operation-ids.ts'

const { list, create, get, edit, update, batch, route_tunnel } = RECORD_OPERATIONS
const CHANGES = [create, edit, update, batch]
const READS = [list, get]
const LEXICON = 'dns-lexicon recordings of 2025-08'
const REFERENCE = 'the API reference of DNS Records'

/** Behaviours of the operations on single records, and of batches. */
export const DNS_RECORDS = {
  dns_record_keys: {
    operations: [...READS, ...CHANGES],
    statement: 'A record has the keys of a recorded one, in its order; `priority` follows `content`.',
    evidence: 'recorded',
    source: `${LEXICON}; cf-terraforming recording of 2025 for priority`,
    usedIn: hasItems,
  },
  dns_data_position: {
    operations: [...READS, ...CHANGES],
    statement: '`data` follows `ttl`.',
    evidence: 'assumed',
    source: 'no source for its position',
    usedIn: ({ items }) => items.some(({ data }) => data !== undefined),
  },
  dns_record_zone_gone: {
    operations: [...READS, ...CHANGES],
    statement: 'A record has no `zone_id` and no `zone_name`. Until 2025 it had both.',
    evidence: 'recorded',
    source: `cf-terraforming recording of 2025-02 and ${LEXICON}`,
  },
  dns_record_times: {
    operations: [...READS, ...CHANGES],
    statement: 'Times of records have no trailing zeros.',
    evidence: 'recorded',
    source: LEXICON,
  },
  dns_modified_on: {
    operations: [...READS, ...CHANGES],
    statement: '`comment_modified_on` and `tags_modified_on` exist only with a comment or tags.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_settings: {
    operations: [...READS, ...CHANGES],
    statement: '`settings` is empty, but has `flatten_cname: false` for a CNAME that is not proxied.',
    evidence: 'recorded',
    source: LEXICON,
  },
  dns_proxiable: {
    operations: [...READS, ...CHANGES],
    statement: 'A, AAAA and CNAME are proxiable, unless the address is private or 1.1.1.1, or AWS validates it.',
    evidence: 'recorded',
    source: `${LEXICON}, python-cloudflare#73, ion#888; other ranges of private addresses are inferred`,
  },
  dns_zone_appended: {
    operations: CHANGES,
    statement: 'The zone is appended to a name that does not end with it.',
    evidence: 'recorded',
    source: 'NewFuture/DDNS#21; app-cloudflared#648',
  },
  dns_punycode: {
    operations: CHANGES,
    statement: 'Names are stored in Punycode and lower case.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_name_final_dot: {
    operations: CHANGES,
    statement: 'One final dot of a name is removed.',
    evidence: 'assumed',
    source: 'no source; it is so for contents of CNAME records',
    usedIn: ({ body }) => String(body.name ?? '').endsWith('.'),
  },
  dns_name_lenient: {
    operations: CHANGES,
    statement: 'The position of a `*` or a hyphen in a name is not checked.',
    evidence: 'recorded',
    source: 'cisagov/manage.get.gov#4745, 2026',
  },
  dns_empty_name_refused: {
    operations: CHANGES,
    statement: 'An empty name is an error. Until mid-2022 it was the zone.',
    evidence: 'recorded',
    source: 'timothymiller/cloudflare-ddns#91, 2022; eth-docker#1396, 2023',
  },
  dns_content_lower: {
    operations: CHANGES,
    statement: 'Hostnames and IPv6 addresses are stored in lower case.',
    evidence: 'recorded',
    source: 'external-dns#1906, pulumi-cloudflare#335, ansible#44366',
  },
  dns_content_final_dot: {
    operations: CHANGES,
    statement: 'The final dot of a hostname is removed.',
    evidence: 'client',
    source: 'octodns-cloudflare adds one to what it reads, and would see an endless change',
  },
  dns_txt_verbatim: {
    operations: CHANGES,
    statement: 'The content of a TXT record stays as it was sent, with quotes or without.',
    evidence: 'recorded',
    source: `${LEXICON}; octodns sends quotes and expects them`,
  },
  dns_wire_length: {
    operations: CHANGES,
    statement: 'A content may have 4096 bytes on the wire, plus one for each 255 bytes of text.',
    evidence: 'documented',
    source: 'the page on record types',
  },
  dns_https_content: {
    operations: CHANGES,
    statement: 'The content of an HTTPS record is its priority, target and value.',
    evidence: 'recorded',
    source: 'cf-terraforming recording of 2025',
  },
  dns_srv_content: {
    operations: CHANGES,
    statement: 'The content of an SRV record is its weight, port and target, without the priority.',
    evidence: 'client',
    source: 'the acceptance tests of the Terraform provider',
  },
  dns_loc_content: {
    operations: CHANGES,
    statement: 'Seconds in the content of a LOC record have three decimals, sizes two.',
    evidence: 'client',
    source: 'the acceptance tests of the Terraform provider',
  },
  dns_data_contents: {
    operations: [...READS, ...CHANGES],
    statement: 'Contents of other types with components follow the presentation of their RFC.',
    evidence: 'assumed',
    source: 'no source',
    usedIn: ({ items }) => items.some(hasAssumedContent),
  },
  dns_data_numbers: {
    operations: CHANGES,
    statement: 'Numbers in `data` may be sent as text, and are returned as they were sent.',
    evidence: 'documented',
    source: 'the description of the Terraform provider, for the flags of CAA',
  },
  dns_priority: {
    operations: CHANGES,
    statement: '`priority` is required for MX and URI, and ignored for other types.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_defaults: {
    operations: CHANGES,
    statement: 'By default a record has an automatic TTL, is not proxied, and has no comment and no tags.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_proxied_ttl: {
    operations: CHANGES,
    statement: 'A proxied record has the TTL 1, whatever the request says.',
    evidence: 'documented',
    source: 'the page on TTL; the Terraform provider itself rejects other values',
  },
  dns_comment_empty: {
    operations: CHANGES,
    statement: 'An empty comment counts as absent.',
    evidence: 'assumed',
    source: 'no source',
    usedIn: ({ body }) => body.comment === '',
  },
  dns_limits: {
    operations: CHANGES,
    statement:
      'TTLs, comments, tags, batches and the number of records are limited by plan. A free zone has 200 records, or 1000 if created before 2024-09-01.',
    evidence: 'documented',
    source: `${REFERENCE}, the pages on record attributes and batches, cloudflare-docs#16600`,
  },
  dns_several_errors: {
    operations: CHANGES,
    statement: 'A response lists all errors of the fields.',
    evidence: 'recorded',
    source: 'pulumi-cloudflare#1107, 2025-03',
  },
  dns_errors_unwrapped: {
    operations: CHANGES,
    statement: 'Errors of fields are in `errors`. Until 2024-10-01 they were the chain of one error 1004.',
    evidence: 'documented',
    source: 'cloudflare-docs#15317',
  },
  dns_change_days: {
    operations: [...READS, ...CHANGES, route_tunnel],
    statement: 'The older errors of records and routes changed on the first day of a year or a half.',
    evidence: 'assumed',
    source: 'the days are ours, between the last response of one kind and the first of the other',
    unobservable: 'it matters only if `--behavior` is a day near one of these',
  },
  dns_delegation_at_apex: {
    operations: CHANGES,
    statement: 'At the apex, NS records can exist next to others.',
    evidence: 'assumed',
    source: 'otherwise a zone with its own name servers could have no other record there',
    unobservable: 'such a record looks like any other',
  },
  dns_patch_merges: {
    operations: [edit, batch],
    statement: 'PATCH keeps the fields that are left out.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_put_replaces: {
    operations: [update, batch],
    statement: 'PUT replaces all fields, and may change the name. `created_on` stays.',
    evidence: 'recorded',
    source: LEXICON,
  },
  dns_batch_order: {
    operations: [batch],
    statement: 'A batch deletes, then patches, puts and posts.',
    evidence: 'documented',
    source: REFERENCE,
  },
  dns_batch_atomic: {
    operations: [batch],
    statement: 'A batch with an error changes nothing.',
    evidence: 'recorded',
    source: 'external-dns#6208, 2026-02; virtualmin-gpl#1267',
  },
  dns_batch_lists: {
    operations: [batch],
    statement: 'The response has all four lists. Lists that were not sent are empty.',
    evidence: 'assumed',
    source: 'no source',
    usedIn: ({ body }) => ['deletes', 'patches', 'puts', 'posts'].some(key => body[key] === undefined),
  },
  dns_permission_groups: {
    operations: [...READS, ...CHANGES, route_tunnel],
    statement: 'Records require the permission group `DNS Read` or `DNS Write`.',
    evidence: 'documented',
    source: REFERENCE,
  },
} as const satisfies Behaviours

const SHOWN = ['HTTPS', 'SVCB', 'SRV', 'LOC']

function hasAssumedContent({ type }: Fields): boolean {
  return typeof type === 'string' && hasComponents(type as never) && !SHOWN.includes(type)
}
