/** Operation ids of DNS records, as Cloudflare's OpenAPI description names them. */
export const RECORD_OPERATIONS = {
  list: 'dns-records-for-a-zone-list-dns-records',
  create: 'dns-records-for-a-zone-create-dns-record',
  get: 'dns-records-for-a-zone-dns-record-details',
  edit: 'dns-records-for-a-zone-patch-dns-record',
  update: 'dns-records-for-a-zone-update-dns-record',
  delete: 'dns-records-for-a-zone-delete-dns-record',
  batch: 'dns-records-for-a-zone-batch-dns-records',
  /** Only cloudflared uses it, and no description has it. */
  route_tunnel: 'cloudflare-tunnel-route-dns',
} as const
