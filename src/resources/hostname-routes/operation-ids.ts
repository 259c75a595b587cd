/** Operation ids as Cloudflare's OpenAPI description names them. */
export const HOSTNAME_ROUTE_OPERATIONS = {
  list: 'zero-trust-networks-route-hostname-list',
  create: 'zero-trust-networks-route-hostname-create',
  get: 'zero-trust-networks-route-hostname-get',
  update: 'zero-trust-networks-route-hostname-update',
  delete: 'zero-trust-networks-route-hostname-delete',
} as const
