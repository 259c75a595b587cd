import { always, type Behaviours } from '../../evidence/types.ts'
import { RECORD_OPERATIONS } from './operation-ids.ts'

const { route_tunnel } = RECORD_OPERATIONS

/** Behaviours of the routes that cloudflared makes. */
export const TUNNEL_ROUTES = {
  dns_route_result: {
    operations: [route_tunnel],
    statement: 'A route is `new`, also when it overwrote a record, or `unchanged`.',
    evidence: 'client',
    source: 'cloudflared, which notes that `updated` is not returned',
  },
  dns_route_case: {
    operations: [route_tunnel],
    statement: 'Names are compared as they were sent, so one in upper case conflicts with its own record.',
    evidence: 'recorded',
    source: 'app-cloudflared#342, 2023',
  },
  dns_route_overwrite: {
    operations: [route_tunnel],
    statement: 'Only the records of a full name are overwritten.',
    evidence: 'recorded',
    source: 'cloudflared#499, a comment of staff',
  },
  dns_route_tunnel_unchecked: {
    operations: [route_tunnel],
    statement: 'The tunnel of a route need not exist.',
    evidence: 'assumed',
    source: 'no record for a tunnel is checked',
    usedIn: always,
  },
} as const satisfies Behaviours
