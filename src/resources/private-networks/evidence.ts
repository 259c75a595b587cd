import { always, type Behaviours, type Fields } from '../../evidence/types.ts'
import { NETWORK_OPERATIONS as OPERATIONS } from './operation-ids.ts'

const TERRAFORM = "the acceptance tests of Terraform's provider, which run against the real service"
const CREATES_ROUTE = [OPERATIONS.create_route, OPERATIONS.create_route_with_cidr]
const UPDATES_ROUTE = [OPERATIONS.update_route, OPERATIONS.update_route_with_cidr]
const DELETES_ROUTE = [OPERATIONS.delete_route, OPERATIONS.delete_route_with_cidr]
const CIDR_PATHS = [
  OPERATIONS.create_route_with_cidr,
  OPERATIONS.update_route_with_cidr,
  OPERATIONS.delete_route_with_cidr,
]
const WRITES_NETWORK = [OPERATIONS.create_network, OPERATIONS.update_network]

/** Behaviours of routes and virtual networks. */
export const NETWORKS = {
  network_permission_groups: {
    operations: Object.values(OPERATIONS),
    statement:
      'Reading takes `Cloudflare One Networks Read` or `Cloudflare Tunnel Read`, or one of their `Write`, writing one of the latter.',
    evidence: 'documented',
    source: 'the published description of each operation',
  },
  route_answer: {
    operations: [...CREATES_ROUTE, OPERATIONS.get_route, ...UPDATES_ROUTE, ...DELETES_ROUTE],
    statement: 'A route has these fields; `comment` is empty and `deleted_at` null when unset.',
    evidence: 'documented',
    source: 'the published description; cloudflared decodes times, so `deleted_at` is never empty',
    usedIn: always,
  },
  route_comment_length: {
    operations: [...CREATES_ROUTE, ...UPDATES_ROUTE],
    statement: 'A comment of a route has at most 100 characters.',
    evidence: 'documented',
    source: 'the published description',
  },
  route_network_form: {
    operations: [...CREATES_ROUTE, OPERATIONS.update_route],
    statement: 'A network is stored without host bits and in its shortest form; an address alone is one host.',
    evidence: 'assumed',
    source: 'no source; Terraform tests that a network without CIDR notation is an error',
    usedIn: ({ body, items }) => body.network !== undefined && items.some(({ network }) => network !== body.network),
  },
  route_tunnel: {
    operations: [...CREATES_ROUTE, ...UPDATES_ROUTE],
    statement: 'A route to an unknown or deleted tunnel is rejected with 1002.',
    evidence: 'assumed',
    source: 'formed like other operations; Terraform tests only that the text names the tunnel',
    usedInError: ({ error }) => error === 'tunnel_not_found' || error === 'tunnel_deleted',
  },
  route_default_network: {
    operations: CREATES_ROUTE,
    statement: 'Without `virtual_network_id` a route belongs to the default virtual network.',
    evidence: 'documented',
    source: "Cloudflare's page on virtual networks; cloudflared sends none",
    usedIn: ({ body }) => body.virtual_network_id === undefined,
  },
  route_in_other_network: {
    operations: CREATES_ROUTE,
    statement: 'Another virtual network may have a route to the same network.',
    evidence: 'documented',
    source: "Cloudflare's page on virtual networks",
  },
  route_change: {
    operations: UPDATES_ROUTE,
    statement: 'An update changes what its body contains; an update without a change succeeds.',
    evidence: 'client',
    source: 'terraform-provider-cloudflare#5098, where an error was a fault of the service',
    usedIn: always,
  },
  route_gone: {
    operations: [OPERATIONS.get_route],
    statement: 'A deleted route is not found by its id.',
    evidence: 'client',
    source: "Terraform's provider drops a route only after a 404",
    usedInError: ({ error }) => error === 'route_not_found',
  },
  route_delete_answer: {
    operations: DELETES_ROUTE,
    statement: 'A deletion returns the route with `deleted_at`.',
    evidence: 'assumed',
    source: 'recorded for tunnels',
    usedIn: always,
  },
  routes_go_with_tunnel: {
    operations: [],
    statement: 'The deletion of a tunnel deletes its routes.',
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#6492, 2025-11-26',
  },
  routes_cascade: {
    operations: [],
    statement: '`cascade=true` deleted the routes also when they prevented the deletion of a tunnel.',
    evidence: 'documented',
    source: 'the help of cloudflared tunnel delete --force',
  },
  route_change_day: {
    operations: [],
    statement: 'Since 2025-11-01, deleting a tunnel deletes its routes.',
    evidence: 'assumed',
    source: 'the day is ours: the error was seen in 2023-07, the silent deletion in 2025-11',
    unobservable: 'it matters only if `--behavior` is a day near it',
  },
  route_by_ip: {
    operations: [OPERATIONS.get_route_by_ip],
    statement: 'The most specific live route that contains the address, as in a list.',
    evidence: 'documented',
    source: 'the published description; cloudflared prints the names',
    usedIn: ({ items }) => items.some(isFound),
  },
  route_by_ip_network: {
    operations: [OPERATIONS.get_route_by_ip],
    statement: 'Without `virtual_network_id` the default virtual network is searched.',
    evidence: 'documented',
    source: 'the published description',
    usedIn: ({ query }) => query.virtual_network_id === undefined,
  },
  route_by_ip_everywhere: {
    operations: [OPERATIONS.get_route_by_ip],
    statement: 'With `default_virtual_network_fallback=false` and no network, all of them are searched.',
    evidence: 'assumed',
    source: 'documented for routes without a virtual network, which do not exist here',
    usedIn: ({ query }) => query.default_virtual_network_fallback === false && query.virtual_network_id === undefined,
  },
  route_by_ip_none: {
    operations: [OPERATIONS.get_route_by_ip],
    statement: 'Without a match the result is an empty object.',
    evidence: 'client',
    source: 'cloudflared, teamnet_subcommands.go, has a branch for it',
    usedIn: ({ items }) => !items.some(isFound),
  },
  route_ip_form: {
    operations: [OPERATIONS.get_route_by_ip, ...CIDR_PATHS],
    statement: 'A path with an invalid address or network is 400 with 1030.',
    evidence: 'assumed',
    source: 'formed like the error of a body',
    usedInError: ({ error }) => error === 'input_invalid',
  },
  cidr_paths: {
    operations: CIDR_PATHS,
    statement: 'The older paths name the network; the query names the virtual network.',
    evidence: 'client',
    source: 'cloudflare-go 0.115; the body of the update is in no published description',
    usedIn: always,
  },
  cidr_paths_gone: {
    operations: CIDR_PATHS,
    statement: 'Since 2026-10-05 the paths that name a network are unknown.',
    evidence: 'documented',
    source: 'cloudflare-docs#31879',
  },
  virtual_network_answer: {
    operations: [...WRITES_NETWORK, OPERATIONS.get_network, OPERATIONS.list_networks],
    statement: 'A virtual network has these fields; `comment` is empty and `deleted_at` null when unset.',
    evidence: 'recorded',
    source: 'cf-terraforming recordings of 2025; flare-operator recording 0160, 2026-09-29',
  },
  virtual_network_lengths: {
    operations: WRITES_NETWORK,
    statement: 'The name and the comment of a virtual network have at most 256 characters.',
    evidence: 'documented',
    source: 'the published description',
  },
  virtual_network_name: {
    operations: WRITES_NETWORK,
    statement: 'The name of a virtual network has at least one character.',
    evidence: 'assumed',
    source: 'no source',
    unobservable: 'the error for an empty name is `input_invalid`',
  },
  virtual_network_gone: {
    operations: [OPERATIONS.get_network, OPERATIONS.update_network, OPERATIONS.delete_network],
    statement: 'A deleted virtual network is not found by its id, unlike a tunnel.',
    evidence: 'client',
    source: TERRAFORM,
    usedInError: ({ error }) => error === 'virtual_network_not_found',
  },
  virtual_network_force: {
    operations: [OPERATIONS.delete_network],
    statement: '`force=true` deletes the routes of the virtual network too.',
    evidence: 'client',
    source: 'the help of cloudflared tunnel vnet delete --force; in no published description',
    usedIn: ({ query }) => query.force === true,
  },
  virtual_network_delete_answer: {
    operations: [OPERATIONS.delete_network],
    statement: 'A deletion returns the virtual network with `deleted_at`.',
    evidence: 'assumed',
    source: 'recorded for tunnels; cloudflared decodes a virtual network',
    usedIn: always,
  },
  default_network: {
    operations: [OPERATIONS.list_networks],
    statement: 'With its first tunnel an account gets the virtual network `default`, with a comment that says so.',
    evidence: 'recorded',
    source: 'flare-operator recording 0160, 2026-09-29',
  },
  default_network_id: {
    operations: [OPERATIONS.list_networks, OPERATIONS.get_network],
    statement: 'The id of the generated network follows from its account; it has no event.',
    evidence: 'assumed',
    source: 'our choice: a real one is random',
    usedIn: ({ items }) => items.some(({ comment }) => String(comment).startsWith('This network was autogenerated')),
  },
  default_network_one: {
    operations: WRITES_NETWORK,
    statement: 'A new default network takes the place of the old one.',
    evidence: 'inferred',
    source: '"the default for the account" in the published description',
    usedIn: ({ body }) => (body.is_default_network ?? body.is_default) === true,
  },
  default_network_stays: {
    operations: [OPERATIONS.update_network],
    statement: '`is_default_network: false` does not change the default network.',
    evidence: 'assumed',
    source: 'no source; an account has always one',
    usedIn: ({ body, items }) =>
      (body.is_default_network ?? body.is_default) === false && items.some(item => item.is_default_network === true),
  },
  is_default_older: {
    operations: WRITES_NETWORK,
    statement: '`is_default` means the same as `is_default_network`, which wins.',
    evidence: 'client',
    source: 'older cloudflared and cloudflare-go send it; deprecated in the published description',
    usedIn: ({ body }) => body.is_default !== undefined,
  },
} as const satisfies Behaviours

function isFound({ id }: Fields): boolean {
  return id !== undefined
}
