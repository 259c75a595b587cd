/** Operation ids of the tunnel family, as Cloudflare's OpenAPI description names them. */
export const OPERATIONS = {
  list: 'cloudflare-tunnel-list-cloudflare-tunnels',
  create: 'cloudflare-tunnel-create-a-cloudflare-tunnel',
  get: 'cloudflare-tunnel-get-a-cloudflare-tunnel',
  update: 'cloudflare-tunnel-update-a-cloudflare-tunnel',
  delete: 'cloudflare-tunnel-delete-a-cloudflare-tunnel',
  list_all: 'cloudflare-tunnel-list-all-tunnels',
  get_configuration: 'cloudflare-tunnel-configuration-get-configuration',
  put_configuration: 'cloudflare-tunnel-configuration-put-configuration',
  list_connections: 'cloudflare-tunnel-list-cloudflare-tunnel-connections',
  clean_up_connections: 'cloudflare-tunnel-clean-up-cloudflare-tunnel-connections',
  get_connector: 'cloudflare-tunnel-get-cloudflare-tunnel-connector',
  get_token: 'cloudflare-tunnel-get-a-cloudflare-tunnel-token',
  create_management_token: 'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token',
  /** cloudflared uses this path since 2026.2. */
  create_management_token_for_resource: 'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token-for-resource',
  /** The deprecated paths, which existed before `cfd_tunnel`. */
  create_argo: 'argo-tunnel-create-an-argo-tunnel',
  get_argo: 'argo-tunnel-get-an-argo-tunnel',
  delete_argo: 'argo-tunnel-delete-an-argo-tunnel',
  clean_up_argo: 'argo-tunnel-clean-up-argo-tunnel-connections',
} as const
