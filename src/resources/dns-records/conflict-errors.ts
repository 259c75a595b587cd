import { defineErrors } from '../../gateway/api-error.ts'

const SAME_NAME =
  'For more details, refer to <https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/>.'
export const HOST_EXISTS = 'An A, AAAA, or CNAME record with that host already exists.'
const CNAME_EXISTS = 'A CNAME record with that host already exists.'

/** Errors of a record that the other records of its zone do not allow. */
export const CONFLICT_ERRORS = defineErrors({
  dns_host_exists: {
    status: 400,
    evidence: 'recorded',
    source:
      'justmiles/traefik-cloudflare-tunnel#5, 2024-04; cisagov/manage.get.gov#4946, 2026-04: also for the same CNAME',
    errors: () => [{ code: 81053, message: `${HOST_EXISTS} ${SAME_NAME}` }],
  },
  dns_host_exists_older: {
    status: 400,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#1247, 2021',
    errors: () => [{ code: 81053, message: HOST_EXISTS }],
  },
  dns_cname_exists: {
    status: 400,
    evidence: 'recorded',
    source: 'favonia/cloudflare-ddns#990, 2024-11',
    errors: () => [{ code: 81054, message: `${CNAME_EXISTS} ${SAME_NAME}` }],
  },
  dns_cname_exists_older: {
    status: 400,
    evidence: 'inferred',
    source: 'formed like the older text of 81053, without the link',
    errors: () => [{ code: 81054, message: CNAME_EXISTS }],
  },
  dns_delegated: {
    status: 400,
    evidence: 'recorded',
    source: 'acme-dns#258, 2021; cloudflare-docs#11779',
    errors: () => [{ code: 81056, message: 'NS records with that host already exist.' }],
  },
  dns_delegation_not_alone: {
    status: 400,
    evidence: 'assumed',
    source: 'documented: NS records exclude others; the code and text are formed like 81056',
    errors: () => [{ code: 81056, message: 'Records of other types with that host already exist.' }],
  },
  dns_identical: {
    status: 400,
    evidence: 'recorded',
    source: 'dns-lexicon recordings of 2025-08, twice',
    errors: () => [{ code: 81058, message: 'An identical record already exists.' }],
  },
  dns_identical_older: {
    status: 400,
    evidence: 'recorded',
    source: 'NewFuture/DDNS#21, 2018; timothymiller/cloudflare-ddns#50, 2021',
    errors: () => [{ code: 81057, message: 'The record already exists.' }],
  },
  dns_beneath_delegation: {
    status: 400,
    evidence: 'recorded',
    source: 'external-dns#2427, 2021-11',
    errors: () => [{ code: 89018, message: 'Cannot create a non-glue record that is beneath a delegated child zone.' }],
  },
  dns_set_too_long: {
    status: 400,
    evidence: 'assumed',
    source: 'the code is from cisagov/manage.get.gov#5244, 2026, and the limit is documented; the text is ours',
    errors: () => [
      { code: 83011, message: 'The combined content of the records of this name and type exceeds 8192 characters.' },
    ],
  },
  dns_quota_exceeded: {
    status: 400,
    evidence: 'recorded',
    source: 'ZoneABC#30, 2025; the quotas are documented',
    errors: () => [{ code: 81045, message: 'Record quota exceeded.' }],
  },
})
