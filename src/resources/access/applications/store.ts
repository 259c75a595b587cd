import type { AccessAppRecord } from '../../../../schemas/access-application.ts'
import type { Database, Reader } from '../../../store/database.ts'

type Row = Omit<AccessAppRecord, 'settings'> & { readonly settings: string }

export const APP_TABLE = `CREATE TABLE access_applications (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  aud TEXT NOT NULL,
  settings TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT`

/** The applications of an account, oldest first. */
export function appsOf(db: Reader, account_id: string): readonly AccessAppRecord[] {
  return db.all<Row>('SELECT * FROM access_applications WHERE account_id = ? ORDER BY rowid', account_id).map(recordOf)
}

export function findApp(db: Reader, account_id: string, id: string): AccessAppRecord | undefined {
  const row = db.get<Row>('SELECT * FROM access_applications WHERE account_id = ? AND id = ?', account_id, id)
  return row && recordOf(row)
}

/** Inserts an application, or replaces the one with its id. */
export function saveApp(db: Database, app: AccessAppRecord): void {
  db.run(
    `INSERT INTO access_applications VALUES (@id, @account_id, @aud, @settings, @created_at, @updated_at)
     ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`,
    { ...app, settings: JSON.stringify(app.settings) },
  )
}

export function deleteApp(db: Database, id: string): void {
  db.run('DELETE FROM access_applications WHERE id = ?', id)
}

function recordOf(row: Row): AccessAppRecord {
  return { ...row, settings: JSON.parse(row.settings) }
}
