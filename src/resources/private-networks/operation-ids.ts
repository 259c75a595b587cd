/** Operation ids as Cloudflare's OpenAPI description names them. */
export const NETWORK_OPERATIONS = {
  list_routes: 'tunnel-route-list-tunnel-routes',
  create_route: 'tunnel-route-create-a-tunnel-route',
  get_route: 'tunnel-route-get-tunnel-route',
  update_route: 'tunnel-route-update-a-tunnel-route',
  delete_route: 'tunnel-route-delete-a-tunnel-route',
  get_route_by_ip: 'tunnel-route-get-tunnel-route-by-ip',
  /** The older paths, which name the network instead of an id. */
  create_route_with_cidr: 'tunnel-route-create-a-tunnel-route-with-cidr',
  update_route_with_cidr: 'tunnel-route-update-a-tunnel-route-with-cidr',
  delete_route_with_cidr: 'tunnel-route-delete-a-tunnel-route-with-cidr',
  list_networks: 'tunnel-virtual-network-list-virtual-networks',
  create_network: 'tunnel-virtual-network-create-a-virtual-network',
  get_network: 'tunnel-virtual-network-get',
  update_network: 'tunnel-virtual-network-update',
  delete_network: 'tunnel-virtual-network-delete',
} as const
