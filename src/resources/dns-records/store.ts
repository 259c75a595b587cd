import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { Database, Reader } from '../../store/database.ts'
import { COLUMNS, INSERT, type RecordRow, recordOf, rowOf, UPDATE } from './row.ts'

/** `number` decides which of two records of one moment is newer. */
export const RECORD_MIGRATIONS = [
  `CREATE TABLE dns_records (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    zone_id TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    priority INTEGER,
    data TEXT,
    ttl INTEGER NOT NULL,
    proxied INTEGER NOT NULL,
    settings TEXT NOT NULL,
    comment TEXT,
    tags TEXT NOT NULL,
    created_on TEXT NOT NULL,
    modified_on TEXT NOT NULL,
    comment_modified_on TEXT,
    tags_modified_on TEXT
  ) STRICT;
  CREATE INDEX dns_records_in_order ON dns_records (zone_id, type, name, created_on DESC, number DESC);
  CREATE INDEX dns_records_by_name ON dns_records (zone_id, name);
  CREATE TABLE dns_record_counts (
    zone_id TEXT PRIMARY KEY,
    records INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

const SELECT = `SELECT ${COLUMNS} FROM dns_records`

/** The records of all zones, oldest first. */
export function allRecords(db: Database): readonly StoredRecord[] {
  return db.all<RecordRow>(`${SELECT} ORDER BY created_on, number`).map(recordOf)
}

/** The records of a zone by type and name, the newest of a name first. */
export function recordsInZone(db: Reader, zone_id: string): readonly StoredRecord[] {
  return db
    .all<RecordRow>(`${SELECT} WHERE zone_id = ? ORDER BY type, name, created_on DESC, number DESC`, zone_id)
    .map(recordOf)
}

export function hasRecords(db: Reader, zone_id: string): boolean {
  return countRecords(db, zone_id) > 0
}

/** Each page of a list needs it, and counting 10,000 records takes longer than reading the page. */
export function countRecords(db: Reader, zone_id: string): number {
  return db.value<number>('SELECT records FROM dns_record_counts WHERE zone_id = ?', zone_id) ?? 0
}

export function findRecord(db: Database, zone_id: string, id: string): StoredRecord | undefined {
  const row = db.get<RecordRow>(`${SELECT} WHERE id = ? AND zone_id = ?`, id, zone_id)
  return row && recordOf(row)
}

/** The records of exactly this full name, in lower case and Punycode. */
export function recordsNamed(db: Reader, zone_id: string, name: string): readonly StoredRecord[] {
  return db.all<RecordRow>(`${SELECT} WHERE zone_id = ? AND name = ?`, zone_id, name).map(recordOf)
}

/** The proxied CNAME record of exactly this full name. */
export function findProxiedCname(db: Database, zone_id: string, name: string): StoredRecord | undefined {
  return recordsNamed(db, zone_id, name).find(({ type, proxied }) => type === 'CNAME' && proxied)
}

/** Call this in a transaction, like `deleteRecord`: both also keep the count. */
export function insertRecord(db: Database, record: StoredRecord): void {
  db.run(INSERT, rowOf(record))
  db.run(
    `INSERT INTO dns_record_counts VALUES (?, 1)
      ON CONFLICT (zone_id) DO UPDATE SET records = records + 1`,
    record.zone_id,
  )
}

export function saveRecord(db: Database, record: StoredRecord): void {
  db.run(UPDATE, rowOf(record))
}

export function deleteRecord(db: Database, { id, zone_id }: StoredRecord): void {
  db.run('DELETE FROM dns_records WHERE id = ?', id)
  db.run('UPDATE dns_record_counts SET records = records - 1 WHERE zone_id = ?', zone_id)
  db.run('DELETE FROM dns_record_counts WHERE records = 0')
}

/** The latest time in any record. */
export function lastRecordChange(db: Database): Timestamp | undefined {
  return db.value<Timestamp | null>('SELECT max(modified_on) FROM dns_records') ?? undefined
}
