import { always, type Behaviours } from '../../evidence/types.ts'
import { OPERATIONS } from './operation-ids.ts'

const LISTS_OF_TUNNELS = [OPERATIONS.list, OPERATIONS.list_all]

/** Behaviours of tunnel lists. */
export const LISTS = {
  list_page: {
    operations: LISTS_OF_TUNNELS,
    statement: '`result_info` is page, per_page, count and total_count; without per_page a page holds 1000.',
    evidence: 'recorded',
    source: 'flare-operator recording 0102, 2026-09-29',
    usedIn: always,
  },
  list_total: {
    operations: LISTS_OF_TUNNELS,
    statement: '`total_count` is the number of items after filters.',
    evidence: 'recorded',
    source: 'flare-operator recording 0102, 2026-09-29; the published description says otherwise',
    usedIn: always,
  },
  list_per_page_maximum: {
    operations: LISTS_OF_TUNNELS,
    statement: '`per_page` is at most 1000.',
    evidence: 'inferred',
    source: 'cloudflared commit 86476e62: the server limits lists to 1000 results',
    unobservable: 'the error for a larger page is `query_refused`',
  },
  list_past_the_end: {
    operations: LISTS_OF_TUNNELS,
    statement: 'A page after the last one is an empty list, not an error.',
    evidence: 'client',
    source: 'the official SDKs request the next page until a page is empty',
    usedIn: ({ query, items }) => Number(query.page) > 1 && items.length === 0,
  },
  list_order: {
    operations: LISTS_OF_TUNNELS,
    statement: 'Tunnels are listed by ascending id.',
    evidence: 'recorded',
    source:
      'cf-terraforming, testdata/cloudflare/v5, cloudflare_zero_trust_tunnel_cloudflared.yaml, 2025-02: one list without filters, shortened by hand; its times are in no order',
    usedIn: ({ items }) => items.length > 1,
  },
  list_live_only: {
    operations: LISTS_OF_TUNNELS,
    statement: 'Without `is_deleted` only tunnels that are not deleted are listed; before 2025-12-01 all were.',
    evidence: 'documented',
    source: "Cloudflare's changelog of 2025-09-02",
    usedIn: ({ query, changes }) => query.is_deleted === undefined && changes.list_live_only,
  },
  list_deleted: {
    operations: LISTS_OF_TUNNELS,
    statement: '`is_deleted=true` lists only deleted tunnels, `false` only those that are not.',
    evidence: 'documented',
    source: "Cloudflare's changelog of 2025-09-02; `false` recorded by flare-operator, 0102",
    usedIn: ({ query }) => query.is_deleted !== undefined,
  },
  filter_name: {
    operations: LISTS_OF_TUNNELS,
    statement: '`name` is the whole name.',
    evidence: 'recorded',
    source: 'flare-operator recording 0102, 2026-09-29',
  },
  filter_uuid: {
    operations: LISTS_OF_TUNNELS,
    statement: '`uuid` finds one tunnel without any other filter.',
    evidence: 'client',
    source: '`cloudflared tunnel info` uses it and expects exactly one',
  },
  filter_prefix: {
    operations: LISTS_OF_TUNNELS,
    statement: 'Names start with `include_prefix`, and do not start with `exclude_prefix`.',
    evidence: 'documented',
    source: 'the published description',
    usedIn: ({ query }) => Boolean(query.include_prefix || query.exclude_prefix),
  },
  filter_name_prefix: {
    operations: LISTS_OF_TUNNELS,
    statement: '`name_prefix` means the same as `include_prefix`.',
    evidence: 'client',
    source: 'cloudflared sends it for its flag with that name; in no published description',
    usedIn: ({ query }) => Boolean(query.name_prefix),
  },
  filter_empty_prefix: {
    operations: LISTS_OF_TUNNELS,
    statement: 'An empty prefix filters nothing.',
    evidence: 'assumed',
    source: 'no source',
    usedIn: ({ query }) => [query.include_prefix, query.exclude_prefix, query.name_prefix].includes(''),
  },
  filter_existed_at: {
    operations: LISTS_OF_TUNNELS,
    statement: '`existed_at` finds tunnels created at or before that time and not deleted before it.',
    evidence: 'documented',
    source: 'the published description',
  },
  filter_existed_at_encoded: {
    operations: LISTS_OF_TUNNELS,
    statement: '`existed_at` may be URL-encoded twice.',
    evidence: 'client',
    source: "the official SDK's own suite sends that",
    usedIn: ({ query }) => String(query.existed_at).includes('%'),
  },
  filter_was_active_at: {
    operations: LISTS_OF_TUNNELS,
    statement: '`was_active_at` finds tunnels with a live connection at that time.',
    evidence: 'assumed',
    source: 'the parameter is documented, its comparison is not',
  },
  filter_was_inactive_at: {
    operations: LISTS_OF_TUNNELS,
    statement: '`was_inactive_at` finds tunnels that existed without a live connection at that time.',
    evidence: 'assumed',
    source: 'the parameter is documented, its comparison is not',
  },
  filter_status: {
    operations: LISTS_OF_TUNNELS,
    statement: '`status` finds tunnels with this status.',
    evidence: 'documented',
    source: 'the published description',
  },
  list_all: {
    operations: [OPERATIONS.list_all],
    statement:
      '`/tunnels` lists tunnels of every type with the same filters; mockflared has only those of cloudflared.',
    evidence: 'documented',
    source: 'the published description',
    usedIn: ({ query }) => query.tun_types === undefined,
  },
  list_types: {
    operations: [OPERATIONS.list_all],
    statement: '`tun_types` is separated by commas, or repeated for each type.',
    evidence: 'client',
    source: 'documented with commas; the SDKs send both',
    usedIn: ({ query }) => query.tun_types !== undefined,
  },
} as const satisfies Behaviours
