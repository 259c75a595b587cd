import type { ZoneRecord } from '../../../schemas/zone.ts'
import type { Database, Reader } from '../../store/database.ts'

type ZoneRow = Omit<ZoneRecord, 'paused' | 'name_servers'> & { paused: 0 | 1; name_servers: string }

export const ZONE_MIGRATIONS = [
  `CREATE TABLE zones (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    account_id TEXT NOT NULL,
    status TEXT NOT NULL,
    paused INTEGER NOT NULL,
    type TEXT NOT NULL,
    plan TEXT NOT NULL,
    name_servers TEXT NOT NULL,
    created_on TEXT NOT NULL,
    modified_on TEXT NOT NULL,
    UNIQUE (account_id, name)
  ) STRICT`,
]

/** The zones that a seed names, by name. */
export function storedZones(db: Reader): readonly ZoneRecord[] {
  return db.all<ZoneRow>('SELECT * FROM zones ORDER BY name, account_id').map(recordOf)
}

export function findStoredZone(db: Database, id: string): ZoneRecord | undefined {
  const row = db.get<ZoneRow>('SELECT * FROM zones WHERE id = ?', id)
  return row && recordOf(row)
}

export function hasStoredZones(db: Reader): boolean {
  return db.value('SELECT EXISTS (SELECT 1 FROM zones)') === 1
}

export function insertZone(db: Database, zone: ZoneRecord): void {
  db.run(
    `INSERT INTO zones VALUES
      (@id, @name, @account_id, @status, @paused, @type, @plan, @name_servers, @created_on, @modified_on)`,
    { ...zone, paused: Number(zone.paused), name_servers: JSON.stringify(zone.name_servers) },
  )
}

/** The latest time in any zone. */
export function lastZoneChange(db: Database): string | undefined {
  return db.value<string | null>('SELECT max(modified_on) FROM zones') ?? undefined
}

function recordOf(row: ZoneRow): ZoneRecord {
  return { ...row, paused: row.paused === 1, name_servers: JSON.parse(row.name_servers) }
}
