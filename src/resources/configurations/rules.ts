import type { TunnelConfig } from '../../../schemas/configuration.ts'
import type { ConfigurationRecord, TunnelRecord } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { validateIngress } from '../../cloudflared/ingress/validate.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { isVisible } from '../stale-reads.ts'
import { requireLive } from '../tunnels/rules.ts'
import { CONFIGURATION_ERRORS } from './errors.ts'

/**
 * The next version after `version` (recorded: configuration_version). Everything is replaced
 * (recorded: configuration_replaced), an identical one counts too
 * (inferred: configuration_identical), a refused one does not (inferred: configuration_refused),
 * nor one for a deleted tunnel (inferred: configuration_put_on_deleted). Only `warp-routing` is
 * filled in (recorded: warp_routing_added).
 */
export function nextConfiguration(
  tunnel: TunnelRecord,
  version: number,
  config: TunnelConfig = {},
  { now, checkIngress, author }: { now: Timestamp; checkIngress: boolean; author: string },
): ConfigurationRecord {
  requireLive(tunnel)
  if (checkIngress) requireValid(config)
  return {
    version: version + 1,
    source: 'cloudflare',
    config: { ...config, 'warp-routing': config['warp-routing'] ?? { enabled: false } },
    created_at: now,
    author,
  }
}

/**
 * Runs cloudflared's own validator (recorded: ingress_validation), also for a configuration without
 * rules (inferred: ingress_missing).
 */
function requireValid(config: TunnelConfig): void {
  const complaint = validateIngress(config)
  if (complaint !== null) throwApiError(CONFIGURATION_ERRORS.configuration_invalid, complaint)
}

/**
 * A configuration moves a local tunnel to Cloudflare (inferred: configuration_on_local). Any other
 * tunnel is returned unchanged.
 */
export function managedByCloudflare<T extends TunnelRecord>(tunnel: T): T {
  return tunnel.config_src === 'cloudflare' ? tunnel : { ...tunnel, config_src: 'cloudflare' }
}

/**
 * The configuration that a GET returns. Without any version a remote tunnel has version 0
 * (recorded: configuration_never_put), a local one has none (recorded: configuration_of_local); a
 * deleted tunnel has none either (recorded: configuration_of_deleted). A version that is too new to
 * be visible is not found.
 */
export function currentConfiguration(
  tunnel: TunnelRecord,
  current: ConfigurationRecord | undefined,
  until: Timestamp | undefined,
): ConfigurationRecord | Unconfigured {
  if (tunnel.deleted_at !== null) return throwApiError(CONFIGURATION_ERRORS.configuration_not_found)
  if (!isVisible(current ?? tunnel, until)) return throwApiError(CONFIGURATION_ERRORS.configuration_not_found)
  if (current) return current
  if (tunnel.config_src === 'local') return throwApiError(CONFIGURATION_ERRORS.configuration_not_found)

  return { version: 0, source: 'cloudflare', config: null, created_at: tunnel.created_at }
}

export type Unconfigured = Omit<ConfigurationRecord, 'config' | 'author'> & { readonly config: null }
