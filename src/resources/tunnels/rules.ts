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

export interface Fresh {
  readonly id: string
  /** Base64 of random bytes, for a tunnel that was given no secret. */
  readonly secret: string
  readonly now: Timestamp
}

export function isSecret(text: string, minBytes = 0): boolean {
  return BASE64.test(text) && base64Bytes(text) >= minBytes
}

/** Refuses a secret that is not base64 or is too short (documented: secret_length). */
function requireSecret(secret: string | undefined, minBytes: number): void {
  if (secret !== undefined && !isSecret(secret, minBytes)) {
    throwApiError(GATEWAY_ERRORS.input_invalid, `tunnel_secret: must be base64 of at least ${minBytes} bytes`)
  }
}

function base64Bytes(text: string): number {
  return (text.length / 4) * 3 - (text.match(/=*$/)?.[0].length ?? 0)
}

/**
 * A new tunnel; its `conns_inactive_at` is the moment of creation (recorded: create_answer). Fields
 * that were left out get defaults (documented: create_local) (recorded: create_secret).
 */
export function createTunnel(
  account_tag: string,
  { name, config_src = 'local', tunnel_secret }: TunnelCreate,
  { id, secret, now }: Fresh,
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
 * Only name and secret can change (documented: update_fields), and not those of a deleted tunnel
 * (inferred: update_deleted).
 */
export function updateTunnel<T extends TunnelRecord>(tunnel: T, change: TunnelUpdate, secretMinBytes: number): T {
  requireLive(tunnel)
  requireSecret(change.tunnel_secret, secretMinBytes)
  return { ...tunnel, name: change.name ?? tunnel.name, tunnel_secret: change.tunnel_secret ?? tunnel.tunnel_secret }
}

/**
 * Marks the tunnel as deleted (recorded: delete_answer). Deleting again changes nothing
 * (inferred: delete_again). Tracked connections forbid it, lost ones too
 * (recorded: delete_pending), unless it cascades (documented: delete_cascade).
 */
export function deleteTunnel<T extends TunnelRecord>(
  tunnel: T,
  tracked: readonly ConnectionRecord[],
  { cascade, now, changes }: { cascade: boolean; now: Timestamp; changes: DatedChanges },
): T {
  if (tunnel.deleted_at !== null) return tunnel
  if (tracked.length > 0 && !cascade) {
    throwApiError(
      changes.delete_refusal_2026 ? TUNNEL_ERRORS.tunnel_connected : TUNNEL_ERRORS.tunnel_connected_before_2026,
    )
  }
  return { ...tunnel, deleted_at: now }
}

export function requireFound<T extends TunnelRecord>(tunnel: T | undefined): T {
  return tunnel ?? throwApiError(TUNNEL_ERRORS.tunnel_not_found)
}

/** A tunnel that is too new to be visible is not found. */
export function requireVisible<T extends TunnelRecord>(tunnel: T, until: Timestamp | undefined): T {
  return isVisible(tunnel, until) ? tunnel : throwApiError(TUNNEL_ERRORS.tunnel_not_found)
}

/**
 * Operations that need a live tunnel do not find a deleted one: its token
 * (documented: tunnel_token_of_deleted), a management token (assumed: management_of_deleted).
 */
export function requireLive<T extends TunnelRecord>(tunnel: T): T {
  return tunnel.deleted_at === null ? tunnel : throwApiError(TUNNEL_ERRORS.tunnel_not_found)
}

/**
 * A name belongs to one live tunnel of an account (recorded: tunnel_name_taken), also when another
 * is renamed to it (assumed: update_name_taken). Case matters (assumed: name_case). The name of a
 * deleted tunnel is free again (recorded: name_free_again).
 */
export function requireFreeName(isFree: boolean): void {
  if (!isFree) throwApiError(TUNNEL_ERRORS.tunnel_name_taken)
}

export interface TunnelFilter {
  /** Hides tunnels created later. */
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
 * The filters of a list. `name_prefix` is another name for `include_prefix`
 * (client: filter_name_prefix). An empty prefix is ignored (assumed: filter_empty_prefix). Without
 * `is_deleted` the list has live tunnels only (documented: list_live_only).
 */
export function filterOf(query: TunnelListQuery, changes: DatedChanges): TunnelFilter {
  return {
    name: query.name,
    uuid: query.uuid?.toLowerCase(),
    deleted: query.is_deleted ?? (changes.list_live_only ? false : undefined),
    existed_at: query.existed_at && instantOf(query.existed_at),
    was_active_at: query.was_active_at && instantOf(query.was_active_at),
    was_inactive_at: query.was_inactive_at && instantOf(query.was_inactive_at),
    include_prefix: query.include_prefix || query.name_prefix,
    exclude_prefix: query.exclude_prefix || undefined,
    status: query.status,
  }
}

/**
 * Whether a list of these types has the tunnels of cloudflared on it, the only ones there are here.
 * None asked for: all.
 */
export function includesCloudflared(types: readonly TunnelType[] | undefined): boolean {
  return types?.includes('cfd_tunnel') ?? true
}

/** It may be encoded once more than HTTP asks (client: filter_existed_at_encoded). */
function instantOf(text: string): Timestamp {
  return normalised(text.includes('%') ? urlDecodedOnce(text) : text)
}
