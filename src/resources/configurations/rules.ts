import type { TunnelConfig } from '../../../schemas/configuration.ts'
import type { ConfigurationRecord, TunnelRecord } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { validateIngress } from '../../cloudflared/ingress/validate.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { isVisible } from '../stale-reads.ts'
import { requireLive } from '../tunnels/rules.ts'
import { CONFIGURATION_ERRORS } from './errors.ts'

/**
 * The first version of a remote tunnel is 1, because it is born with version 0
 * (recorded: configuration_version). A local tunnel starts with 0
 * (recorded: configuration_first_of_local).
 */
export function nextVersion({ config_src }: Pick<TunnelRecord, 'config_src'>, latest: number | undefined): number {
  if (latest !== undefined) return latest + 1
  return config_src === 'cloudflare' ? 1 : 0
}

/** The hostnames of the rules, each once. */
export function hostnamesOf(configuration: ConfigurationRecord | undefined): string[] {
  const rules = configuration?.config.ingress ?? []
  return [...new Set(rules.flatMap(({ hostname }) => hostname || []))]
}

/**
 * Makes the version after `latest`. It replaces the previous one entirely
 * (recorded: configuration_replaced). An identical configuration counts as a version
 * (inferred: configuration_identical); a rejected one does not (inferred: configuration_refused),
 * nor one for a deleted tunnel (inferred: configuration_put_on_deleted). `warp-routing` alone gets
 * a default (recorded: warp_routing_added).
 */
export function nextConfiguration(
  tunnel: TunnelRecord,
  latest: number | undefined,
  config: TunnelConfig = {},
  { now, checkIngress, author }: { now: Timestamp; checkIngress: boolean; author: string },
): ConfigurationRecord {
  requireLive(tunnel)
  if (checkIngress) requireValid(config)
  return {
    version: nextVersion(tunnel, latest),
    source: 'cloudflare',
    config: { ...config, 'warp-routing': config['warp-routing'] ?? { enabled: false } },
    created_at: now,
    author,
  }
}

/**
 * Why the service refuses a configuration, or null. It applies cloudflared's validation
 * (recorded: ingress_validation), unless the key `ingress` is missing (assumed: ingress_missing).
 */
export function configurationProblem(config: TunnelConfig): string | null {
  return config.ingress === undefined ? null : validateIngress(config)
}

function requireValid(config: TunnelConfig): void {
  const problem = configurationProblem(config)
  if (problem !== null) throwApiError(CONFIGURATION_ERRORS.configuration_invalid, problem)
}

/**
 * A local tunnel takes a configuration (recorded: configuration_on_local), which turns it into a
 * remote one (inferred: configuration_migrates). Returns a remote tunnel unchanged.
 */
export function managedByCloudflare<T extends TunnelRecord>(tunnel: T): T {
  return tunnel.config_src === 'cloudflare' ? tunnel : { ...tunnel, config_src: 'cloudflare' }
}

/** An unknown tunnel has no configuration (recorded: configuration_not_found). */
export function requireConfigurable<T extends TunnelRecord>(tunnel: T | undefined): T {
  return tunnel ?? throwApiError(CONFIGURATION_ERRORS.configuration_not_found)
}

/**
 * Returns the configuration that a GET shows. Before the first PUT, a remote tunnel has version 0
 * (recorded: configuration_never_put) and a local one has none (recorded: configuration_of_local).
 * A deleted tunnel has none either (recorded: configuration_of_deleted). Throws "not found" for a
 * version that a stale read does not see yet.
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
