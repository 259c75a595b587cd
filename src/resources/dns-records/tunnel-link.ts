/** The last link between a hostname and its tunnel: a CNAME record for `<id>.cfargotunnel.com`. */
import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { TunnelRecord } from '../../../schemas/records.ts'
import type { ZoneRecord } from '../../../schemas/zone.ts'
import type { Reader } from '../../store/database.ts'
import { allTunnels } from '../tunnels/store.ts'

const TUNNEL_DOMAIN = '.cfargotunnel.com'

export function tunnelTarget(tunnel_id: string): string {
  return `${tunnel_id}${TUNNEL_DOMAIN}`
}

/** The id of the tunnel that a record names; undefined for a record that names none. */
export function targetOf({ type, content }: Pick<StoredRecord, 'type' | 'content'>): string | undefined {
  return type === 'CNAME' && content.endsWith(TUNNEL_DOMAIN) ? content.slice(0, -TUNNEL_DOMAIN.length) : undefined
}

/** The tunnels of all accounts by id, deleted ones too. */
export type TunnelsById = ReadonlyMap<string, readonly TunnelRecord[]>

export function tunnelsById(db: Reader): TunnelsById {
  return Map.groupBy(allTunnels(db), ({ id }) => id)
}

export interface BrokenLink {
  readonly rule: 'record_of_unknown_tunnel' | 'record_of_foreign_tunnel' | 'record_of_deleted_tunnel'
  /** What is wrong with the tunnel, after "which". */
  readonly why: string
}

/**
 * A tunnel serves zones of its own account only (documented: edge_own_account), and its records
 * survive it (documented: dns_survives_tunnel).
 */
export function findTarget(
  id: string,
  { name, account_id }: Pick<ZoneRecord, 'name' | 'account_id'>,
  tunnels: TunnelsById,
): TunnelRecord | BrokenLink {
  const found = tunnels.get(id) ?? []
  const own = found.find(({ account_tag }) => account_tag === account_id)
  if (own?.deleted_at === null) return own
  if (own) return { rule: 'record_of_deleted_tunnel', why: `was deleted at ${own.deleted_at}` }

  const [foreign] = found
  if (!foreign) return { rule: 'record_of_unknown_tunnel', why: 'does not exist' }
  return {
    rule: 'record_of_foreign_tunnel',
    why: `belongs to account ${foreign.account_tag}, while zone ${name} belongs to account ${account_id}`,
  }
}
