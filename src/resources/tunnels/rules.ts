import { urlDecodedOnce } from '../../../schemas/formats.ts'
import type { ConnectionRecord, TunnelRecord } from '../../../schemas/records.ts'
import { normalised } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { TunnelCreate, TunnelListQuery, TunnelStatus, TunnelType, TunnelUpdate } from '../../../schemas/tunnel.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { GATEWAY_ERRORS } from '../../gateway/errors.ts'
import { isVisible } from '../stale-reads.ts'
import { TUNNEL_ERRORS } from './errors.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export interface NewTunnelIds {
  readonly id: string
  /** Base64 of random bytes, used if the caller sends no secret. */
  readonly secret: string
  readonly now: Timestamp
}

/**
 * Whether a text is base64 and not empty (assumed: secret_form). Its length does not matter
 * (recorded: secret_length) (assumed: secret_short), unless the option `secret_min_bytes` says so.
 */
export function isSecret(text: string, minBytes = 1): boolean {
  return BASE64.test(text) && base64Bytes(text) >= minBytes
}

function requireSecret(secret: string | undefined, minBytes: number): void {
  if (secret !== undefined && !isSecret(secret, minBytes)) {
    throwApiError(GATEWAY_ERRORS.input_invalid, `tunnel_secret: must be base64 of ${minBytes} or more bytes`)
  }
}

export function base64Bytes(text: string): number {
  return (text.length / 4) * 3 - (text.match(/=*$/)?.[0].length ?? 0)
}

/**
 * Makes a tunnel that is inactive since its creation (recorded: create_answer). Missing fields get
 * defaults (documented: create_local) (recorded: create_secret).
 */
export function createTunnel(
  account_tag: string,
  { name, config_src = 'local', tunnel_secret }: TunnelCreate,
  { id, secret, now }: NewTunnelIds,
  secretMinBytes: number,
): TunnelRecord {
  requireSecret(tunnel_secret, secretMinBytes)
  return {
    id,
    account_tag,
    name,
    config_src,
    tunnel_secret: tunnel_secret ?? secret,
    metadata: {},
    created_at: now,
    deleted_at: null,
    conns_active_at: null,
    conns_inactive_at: now,
  }
}

/**
 * Changes the name or the secret (documented: update_fields). A deleted tunnel cannot change
 * (inferred: update_deleted).
 */
export function updateTunnel<T extends TunnelRecord>(tunnel: T, change: TunnelUpdate, secretMinBytes: number): T {
  requireLive(tunnel)
  requireSecret(change.tunnel_secret, secretMinBytes)
  return { ...tunnel, name: change.name ?? tunnel.name, tunnel_secret: change.tunnel_secret ?? tunnel.tunnel_secret }
}

/**
 * Marks the tunnel as deleted (recorded: delete_answer), without another change of its status
 * (recorded: delete_keeps_inactive). Deleting it again changes nothing (inferred: delete_again).
 * Tracked connections prevent it, including lost ones (recorded: delete_pending), unless it
 * cascades (documented: delete_cascade).
 */
export function deleteTunnel<T extends TunnelRecord>(
  tunnel: T,
  tracked: readonly ConnectionRecord[],
  { cascade, now, changes }: { cascade: boolean; now: Timestamp; changes: DatedChanges },
): T {
  if (tunnel.deleted_at !== null) return tunnel
  if (tracked.length > 0 && !cascade) {
    throwApiError(
      changes.delete_refusal_2026 ? TUNNEL_ERRORS.tunnel_connected : TUNNEL_ERRORS.tunnel_connected_older_text,
    )
  }
  return { ...tunnel, deleted_at: now }
}

/**
 * Operations for which nobody has shown the code of an unknown tunnel answer this one, too
 * (inferred: tunnel_not_found_elsewhere).
 */
export function requireTunnel<T extends TunnelRecord>(tunnel: T | undefined): T {
  return tunnel ?? throwApiError(TUNNEL_ERRORS.tunnel_not_found)
}

/** Throws "not found" for a tunnel that a stale read does not see yet. */
export function requireVisible<T extends TunnelRecord>(tunnel: T, until: Timestamp | undefined): T {
  return isVisible(tunnel, until) ? tunnel : throwApiError(TUNNEL_ERRORS.tunnel_not_found)
}

export function requireLive<T extends TunnelRecord>(tunnel: T): T {
  return tunnel.deleted_at === null ? tunnel : throwApiError(TUNNEL_ERRORS.tunnel_deleted)
}

/**
 * Live tunnels of an account have different names (recorded: tunnel_name_taken), also after a
 * rename (assumed: update_name_taken). Names are case-sensitive (assumed: name_case). A deleted
 * tunnel frees its name (recorded: name_free_again).
 */
export function requireFreeName(isFree: boolean): void {
  if (!isFree) throwApiError(TUNNEL_ERRORS.tunnel_name_taken)
}

export interface TunnelFilter {
  /** Hides tunnels created after this time. */
  readonly visible_until?: Timestamp | undefined
  readonly name?: string | undefined
  readonly uuid?: string | undefined
  readonly deleted?: boolean | undefined
  readonly existed_at?: Timestamp | undefined
  readonly was_active_at?: Timestamp | undefined
  readonly was_inactive_at?: Timestamp | undefined
  readonly include_prefix?: string | undefined
  readonly exclude_prefix?: string | undefined
  readonly status?: TunnelStatus | undefined
}

/**
 * Reads the filters of a list. `name_prefix` is an alias of `include_prefix`
 * (client: filter_name_prefix). An empty prefix is ignored (assumed: filter_empty_prefix). Without
 * `is_deleted` the list contains live tunnels only (documented: list_live_only).
 */
export function filterOf(query: TunnelListQuery, changes: DatedChanges): TunnelFilter {
  return {
    name: query.name,
    uuid: query.uuid?.toLowerCase(),
    deleted: query.is_deleted ?? (changes.list_live_only ? false : undefined),
    existed_at: query.existed_at && timestampOf(query.existed_at),
    was_active_at: query.was_active_at && timestampOf(query.was_active_at),
    was_inactive_at: query.was_inactive_at && timestampOf(query.was_inactive_at),
    include_prefix: query.include_prefix || query.name_prefix,
    exclude_prefix: query.exclude_prefix || undefined,
    status: query.status,
  }
}

/**
 * Whether a list of these types includes cloudflared's tunnels, the only type that the emulator
 * has. Without types, a list includes all.
 */
export function includesCloudflared(types: readonly TunnelType[] | undefined): boolean {
  return types?.includes('cfd_tunnel') ?? true
}

/** Some clients encode the time twice (client: filter_existed_at_encoded). */
function timestampOf(text: string): Timestamp {
  return normalised(text.includes('%') ? urlDecodedOnce(text) : text)
}
