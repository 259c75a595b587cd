import type { ZoneRecord } from '../../../schemas/zone.ts'
import type { Database, Reader } from '../../store/database.ts'
import { sampleAccount } from '../sample-account.ts'
import { findStoredZone, hasStoredZones, storedZones } from './store.ts'

/** The example of Cloudflare's documentation. */
const DEFAULT_ZONE_ID = '023e105f4ecef8ad9ca31a8372d0c353'

/** Before anything else in a world (assumed: zone_default). */
export const BIRTHDAY = '2014-01-01T05:20:00.123450Z'

/**
 * The zone that exists while no seed names zones, because programs start by looking one up
 * (assumed: zone_default).
 */
function defaultZone(db: Reader): ZoneRecord {
  return { ...DEFAULT_ZONE, account_id: sampleAccount(db) }
}

export const NAME_SERVERS = ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com']

export const DEFAULT_ZONE: Omit<ZoneRecord, 'account_id'> = {
  id: DEFAULT_ZONE_ID,
  name: 'example.com',
  status: 'active',
  paused: false,
  type: 'full',
  plan: 'free',
  name_servers: NAME_SERVERS,
  created_on: BIRTHDAY,
  modified_on: BIRTHDAY,
}

export function isDefaultZone(db: Reader, id: string): boolean {
  return id === DEFAULT_ZONE_ID && !hasStoredZones(db)
}

export function allZones(db: Reader): readonly ZoneRecord[] {
  const stored = storedZones(db)
  return stored.length > 0 ? stored : [defaultZone(db)]
}

export function findZone(db: Database, id: string): ZoneRecord | undefined {
  return isDefaultZone(db, id) ? defaultZone(db) : findStoredZone(db, id)
}
