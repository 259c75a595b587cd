/** The twelve documented operations, under the names by which behaviours speak of them, and the path form of the twelfth. */
export const OPERATIONS = {
  list: 'cloudflare-tunnel-list-cloudflare-tunnels',
  create: 'cloudflare-tunnel-create-a-cloudflare-tunnel',
  get: 'cloudflare-tunnel-get-a-cloudflare-tunnel',
  update: 'cloudflare-tunnel-update-a-cloudflare-tunnel',
  delete: 'cloudflare-tunnel-delete-a-cloudflare-tunnel',
  get_configuration: 'cloudflare-tunnel-configuration-get-configuration',
  put_configuration: 'cloudflare-tunnel-configuration-put-configuration',
  list_connections: 'cloudflare-tunnel-list-cloudflare-tunnel-connections',
  clean_up_connections: 'cloudflare-tunnel-clean-up-cloudflare-tunnel-connections',
  get_token: 'cloudflare-tunnel-get-a-cloudflare-tunnel-token',
  get_connector: 'cloudflare-tunnel-get-cloudflare-tunnel-connector',
  create_management_token: 'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token',
  create_management_token_for_resource: 'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token-for-resource',
} as const

export type OperationName = keyof typeof OPERATIONS
