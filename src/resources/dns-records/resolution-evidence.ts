import type { Behaviours } from '../../evidence/types.ts'

/** What the edge makes of records. No operation of the API shows it, but `explain` and `lint` do. */
export const RESOLUTION = {
  edge_wildcards: {
    operations: [],
    statement:
      'A wildcard record stands for any depth of subdomain, except at or below a name that has a record of its own.',
    evidence: 'documented',
    source: 'the page on wildcard DNS records',
  },
  edge_cname_chain: {
    operations: [],
    statement: 'A chain of CNAME records is proxied if one of them is. It may not lead to a zone of another account.',
    evidence: 'documented',
    source: 'the page on the proxy status; error 1014',
  },
  edge_own_account: {
    operations: [],
    statement: '`<id>.cfargotunnel.com` only proxies traffic for records of the account of the tunnel.',
    evidence: 'documented',
    source: 'the page on DNS records of tunnels',
  },
  edge_active_zone: {
    operations: [],
    statement: 'Nothing is proxied in a zone that is not active, or paused.',
    evidence: 'documented',
    source: 'the pages on the limits of proxying and on pausing Cloudflare',
  },
} as const satisfies Behaviours
