import { always, type Behaviours } from '../../evidence/types.ts'
import { HOSTNAME_ROUTE_OPERATIONS as OPERATIONS } from './operation-ids.ts'

const DESCRIPTION = 'the published description'

/** Behaviours of hostname routes. */
export const HOSTNAME_ROUTES = {
  hostname_route_permission_groups: {
    operations: Object.values(OPERATIONS),
    statement: 'The permission groups are those of private network routes.',
    evidence: 'documented',
    source: 'the published description of each operation',
  },
  hostname_route_answer: {
    operations: Object.values(OPERATIONS),
    statement: 'A hostname route has these fields, also the name and type of its tunnel.',
    evidence: 'documented',
    source: DESCRIPTION,
    usedIn: ({ items }) => items.length > 0,
  },
  hostname_route_form: {
    operations: [OPERATIONS.create, OPERATIONS.update],
    statement: 'A hostname and a tunnel are required; the hostname is stored as sent, and compared without case.',
    evidence: 'assumed',
    source: 'the published description requires neither and has no form',
    usedIn: always,
  },
  hostname_route_tunnel: {
    operations: [OPERATIONS.create, OPERATIONS.update],
    statement: 'A route to an unknown or deleted tunnel is rejected with 1002.',
    evidence: 'assumed',
    source: 'formed like other operations',
    usedInError: ({ error }) => error === 'tunnel_not_found' || error === 'tunnel_deleted',
  },
  hostname_route_change: {
    operations: [OPERATIONS.update],
    statement: 'An update may change the hostname, the tunnel and the comment.',
    evidence: 'client',
    source: "the acceptance tests of Terraform's provider",
    usedIn: always,
  },
  hostname_route_gone: {
    operations: [OPERATIONS.get],
    statement: 'A deleted hostname route is not found by its id.',
    evidence: 'client',
    source: "the acceptance tests of Terraform's provider",
    usedInError: ({ error }) => error === 'hostname_route_not_found',
  },
  hostname_route_delete_answer: {
    operations: [OPERATIONS.delete],
    statement: 'A deletion returns the hostname route with `deleted_at`.',
    evidence: 'assumed',
    source: 'recorded for tunnels',
    usedIn: always,
  },
  hostname_route_filters: {
    operations: [OPERATIONS.list],
    statement:
      'Filters are id, comment, tunnel, time, and a part of the hostname in any case; deleted ones are listed only on request, also before 2025-12-01.',
    evidence: 'documented',
    source: DESCRIPTION,
  },
  hostname_route_order: {
    operations: [OPERATIONS.list],
    statement: 'Hostname routes are listed newest first.',
    evidence: 'assumed',
    source: 'recorded for private network routes',
    usedIn: ({ items }) => items.length > 1,
  },
  hostname_routes_go_with_tunnel: {
    operations: [],
    statement: 'The deletion of a tunnel deletes its hostname routes.',
    evidence: 'assumed',
    source: 'recorded for private network routes',
    unobservable: 'the response to the deletion has only the tunnel',
  },
} as const satisfies Behaviours
