import type { TunnelConfig } from '../../../schemas/configuration.ts'
import type { ConfigurationRecord, TunnelRecord } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { validateIngress } from '../../cloudflared/ingress/validate.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { isVisible } from '../stale-reads.ts'
import { requireLive } from '../tunnels/rules.ts'
import { CONFIGURATION_ERRORS } from './errors.ts'

/**
 * Makes the version after `version` (recorded: configuration_version). It replaces the previous one
 * entirely (recorded: configuration_replaced). An identical configuration counts as a version
 * (inferred: configuration_identical); a rejected one does not (inferred: configuration_refused),
 * nor one for a deleted tunnel (inferred: configuration_put_on_deleted). `warp-routing` alone gets
 * a default (recorded: warp_routing_added).
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
 * Applies cloudflared's validation (recorded: ingress_validation), also to a configuration without
 * rules (inferred: ingress_missing).
 */
function requireValid(config: TunnelConfig): void {
  const problem = validateIngress(config)
  if (problem !== null) throwApiError(CONFIGURATION_ERRORS.configuration_invalid, problem)
}

/**
 * A configuration turns a local tunnel into a remote one (inferred: configuration_on_local).
 * Returns a remote tunnel unchanged.
 */
export function managedByCloudflare<T extends TunnelRecord>(tunnel: T): T {
  return tunnel.config_src === 'cloudflare' ? tunnel : { ...tunnel, config_src: 'cloudflare' }
}

/**
 * Returns the configuration that a GET shows. Before the first version, a remote tunnel has
 * version 0 (recorded: configuration_never_put) and a local one has none
 * (recorded: configuration_of_local). A deleted tunnel has none either
 * (recorded: configuration_of_deleted). Throws "not found" for a version that a stale read does not
 * see yet.
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
