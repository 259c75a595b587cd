/**
 * Under the names by which behaviours speak of them: the twelve documented operations, the path form of the twelfth, the list of
 * tunnels of all types, and the operations of before `cfd_tunnel`.
 */
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
  list_all: 'cloudflare-tunnel-list-all-tunnels',
  create_argo: 'argo-tunnel-create-an-argo-tunnel',
  get_argo: 'argo-tunnel-get-an-argo-tunnel',
  delete_argo: 'argo-tunnel-delete-an-argo-tunnel',
  clean_up_argo: 'argo-tunnel-clean-up-argo-tunnel-connections',
} as const

export type OperationName = keyof typeof OPERATIONS
