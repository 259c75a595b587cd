import { type Static, TextEnum } from './typebox.ts'

/**
 * Cloudflare's permission groups for tunnels, without the ending `Read` or `Write`
 * (documented: permissions). The id of `Cloudflare Tunnel Write` is
 * c07321b023e944ff818fec44d8203567, that of `Cloudflare Tunnel Read` is
 * efea2ab8357b47888938f101ae5e053f.
 */
export const TUNNEL_PERMISSION_GROUPS = [
  'Cloudflare Tunnel',
  'Cloudflare One Connectors',
  'Cloudflare One Connector: cloudflared',
] as const

/** A permission for tunnels. `Write` also permits reads. */
export const Permission = TextEnum(
  TUNNEL_PERMISSION_GROUPS.flatMap(group => [`${group} Read`, `${group} Write`] as const),
)
export type Permission = Static<typeof Permission>

/**
 * Cloudflare's permission group for private networks, without the ending `Read` or `Write`
 * (documented: network_permission_groups).
 */
export const NETWORK_PERMISSION_GROUP = 'Cloudflare One Networks'
