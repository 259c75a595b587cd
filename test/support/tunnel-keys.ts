/** Every key of a tunnel that any operation returns, in the recorded order. */
export const TUNNEL_KEYS = [
  'id',
  'account_tag',
  'created_at',
  'deleted_at',
  'name',
  'connections',
  'conns_active_at',
  'conns_inactive_at',
  'tun_type',
  'metadata',
  'status',
  'remote_config',
  'config_src',
  'credentials_file',
  'token',
] as const

type TunnelKey = (typeof TUNNEL_KEYS)[number]

export function tunnelKeysWithout(...omitted: readonly TunnelKey[]): readonly TunnelKey[] {
  return TUNNEL_KEYS.filter(key => !omitted.includes(key))
}
