/** Where DNS leads a hostname: through the zones of a world to a tunnel. */
import type { MissingLink } from '../../../schemas/control/explain.ts'
import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { TunnelRecord } from '../../../schemas/records.ts'
import type { ZoneRecord } from '../../../schemas/zone.ts'
import type { Reader } from '../../store/database.ts'
import { allZones, isDefaultZone } from '../zones/default-zone.ts'
import { ancestorsOf, hostname as asciiHostname } from './names.ts'
import { hasRecords, recordsInZone, recordsNamed } from './store.ts'
import { findTarget, targetOf, tunnelsById } from './tunnel-link.ts'

export interface Resolution {
  /** The zone of the hostname. */
  readonly zone: ZoneRecord
  /** The records on the way, from that of the hostname. */
  readonly records: readonly StoredRecord[]
  /** Undefined if a link is missing. */
  readonly tunnel?: TunnelRecord
  /** Undefined if there is a tunnel. */
  readonly missing?: MissingLink
  /** How DNS leads to the tunnel, or which link is missing and what to do. */
  readonly why: string
}

export interface Resolver {
  /**
   * Undefined if DNS does not decide: for a name in no zone, and in the default zone while it is
   * empty (our choice).
   */
  readonly resolve: (hostname: string) => Resolution | undefined
  /** The names below a domain that have a record. */
  readonly namesBelow: (domain: string) => readonly string[]
}

/** Our limit. */
const MAX_CNAMES = 10

/** Reads zones and tunnels once. */
export function createResolver(db: Reader): Resolver {
  const zones = allZones(db).map(zone => ({ ...zone, name: asciiHostname(zone.name) ?? zone.name }))
  const tunnels = tunnelsById(db)

  const zoneOf = (name: string): ZoneRecord | undefined =>
    zones.filter(zone => `.${name}`.endsWith(`.${zone.name}`)).toSorted((a, b) => b.name.length - a.name.length)[0]

  const follow = (name: string, first: ZoneRecord, records: readonly StoredRecord[]): Omit<Resolution, 'zone'> => {
    const zone = zoneOf(name)
    const noRoute = (why: string) => ({ records, missing: 'no-route', why }) as const
    if (!zone) return noRoute(`${lastOf(records)} points at ${name}, which is in no zone here`)
    if (zone.account_id !== first.account_id) {
      return noRoute(
        `${lastOf(records)} leads to a zone of another account, ${zone.name}: Cloudflare answers error 1014`,
      )
    }
    // (documented: edge_active_zone)
    const inactive = zone.paused ? 'paused' : zone.status === 'active' ? undefined : zone.status
    if (inactive) {
      return { records, missing: 'not-proxied', why: `zone ${zone.name} is ${inactive}, so nothing in it is proxied` }
    }
    if (records.length === MAX_CNAMES) return noRoute(`${name} is more than ${MAX_CNAMES} CNAME records away`)

    const found = findHostRecord(db, zone, name)
    if (typeof found === 'string') return { records, missing: 'no-dns-record', why: found }
    const path = [...records, found]
    if (found.type !== 'CNAME') {
      const why = `the ${found.type} record ${found.name} points at an address, not at a tunnel`
      return { records: path, missing: 'no-route', why }
    }
    const target = targetOf(found)
    return target === undefined ? follow(found.content, first, path) : arrive(target, zone, path)
  }

  /** One proxied record makes the whole chain proxied (documented: edge_cname_chain). */
  const arrive = (id: string, zone: ZoneRecord, records: readonly StoredRecord[]): Omit<Resolution, 'zone'> => {
    const link = findTarget(id, zone, tunnels)
    if ('rule' in link) {
      return { records, missing: 'no-route', why: `${lastOf(records)} leads to tunnel ${id}, which ${link.why}` }
    }
    if (!records.some(({ proxied }) => proxied)) {
      const why = `${lastOf(records)} exists but is not proxied: set proxied to true`
      return { records, missing: 'not-proxied', why }
    }
    const names = records.map(({ name }) => name).join(' and ')
    return { records, tunnel: link, why: `the CNAME ${names} leads to tunnel ${link.name}` }
  }

  return {
    resolve: hostname => {
      const name = asciiHostname(hostname)
      const zone = name === undefined ? undefined : zoneOf(name)
      if (name === undefined || !zone || (isDefaultZone(db, zone.id) && !hasRecords(db, zone.id))) return undefined
      return { zone, ...follow(name, zone, []) }
    },
    namesBelow: domain => {
      const zone = zoneOf(domain)
      const names = zone ? recordsInZone(db, zone.id).map(({ name }) => name) : []
      return [...new Set(names)].filter(name => name.endsWith(`.${domain}`))
    },
  }
}

/**
 * The record that answers for a host, or why there is none. A wildcard stands for any depth of
 * subdomain, but not at or below a name that has a record of its own (documented: edge_wildcards).
 */
function findHostRecord(db: Reader, zone: ZoneRecord, name: string): StoredRecord | string {
  const isMissing = `zone ${zone.name} has no A, AAAA or CNAME record for ${name}`
  const hostAmong = (records: readonly StoredRecord[]) => records.find(({ type }) => HOST_TYPES.includes(type))

  const own = recordsNamed(db, zone.id, name)
  if (own.length > 0) return hostAmong(own) ?? isMissing
  const parents = name === zone.name ? [] : [...ancestorsOf(name, zone.name), zone.name]
  for (const parent of parents) {
    const wildcards = recordsNamed(db, zone.id, `*.${parent}`)
    if (wildcards.length > 0) return hostAmong(wildcards) ?? isMissing
    const [blocker] = parent === zone.name ? [] : recordsNamed(db, zone.id, parent)
    if (blocker) return `${isMissing}, and wildcards end at ${parent}, which has a ${blocker.type} record`
  }
  return isMissing
}

const HOST_TYPES = ['A', 'AAAA', 'CNAME']

function lastOf(records: readonly StoredRecord[]): string {
  return `the CNAME record ${records.at(-1)?.name}`
}
