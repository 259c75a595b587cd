import type { TunnelConfig } from '../../schemas/configuration.ts'
import type { ConfigurationRecord, TunnelRecord } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { refuse } from './errors.ts'
import { validateIngress } from './ingress/validate.ts'
import { requireLive } from './tunnels.ts'
import { isVisible } from './visibility.ts'

/**
 * The next version: everything is replaced (recorded), an identical one counts too, a refused one does not (inferred).
 * The only thing filled in is `warp-routing` (recorded).
 */
export const nextConfiguration = (
  tunnel: TunnelRecord,
  current: ConfigurationRecord | undefined,
  config: TunnelConfig = {},
  { now, checkIngress, author }: { now: Timestamp; checkIngress: boolean; author: string },
): ConfigurationRecord => {
  requireLive(tunnel)
  if (checkIngress) requireValid(config)
  return {
    version: (current?.version ?? 0) + 1,
    source: 'cloudflare',
    config: { ...config, 'warp-routing': config['warp-routing'] ?? { enabled: false } },
    created_at: now,
    author,
  }
}

/** The real service answers with what cloudflared's own validator says (recorded). */
const requireValid = (config: TunnelConfig): void => {
  const complaint = validateIngress(config)
  if (complaint !== null) refuse('configuration_invalid', complaint)
}

/** Whoever puts a configuration on a local tunnel moves it to Cloudflare (inferred from the dashboard's migration). */
export const managedByCloudflare = <T extends TunnelRecord>(tunnel: T): T => ({ ...tunnel, config_src: 'cloudflare' })

/**
 * What a GET shows. Without any version a remote tunnel has version 0 (recorded), a local one has none (recorded); a deleted
 * tunnel has none either (recorded). What is too fresh to be seen yet is not found.
 */
export const currentConfiguration = (
  tunnel: TunnelRecord,
  current: ConfigurationRecord | undefined,
  until: Timestamp | undefined,
): ConfigurationRecord | Unconfigured => {
  if (tunnel.deleted_at !== null) return refuse('configuration_not_found')
  if (!isVisible(current ?? tunnel, until)) return refuse('configuration_not_found')
  if (current) return current
  if (tunnel.config_src === 'local') return refuse('configuration_not_found')

  return { version: 0, source: 'cloudflare', config: null, created_at: tunnel.created_at }
}

export type Unconfigured = Omit<ConfigurationRecord, 'config' | 'author'> & { readonly config: null }
