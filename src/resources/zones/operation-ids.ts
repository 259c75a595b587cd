/** Operation ids of zones, as Cloudflare's OpenAPI description names them. */
export const ZONE_OPERATIONS = {
  list: 'zones-get',
  get: 'zones-0-get',
} as const
