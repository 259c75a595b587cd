import type { AccessTagRecord } from '../../../../schemas/access-tag.ts'
import type { Database, Reader } from '../../../store/database.ts'

export const TAG_TABLE = `CREATE TABLE access_tags (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT`

/** The tags of an account, oldest first. */
export function tagsOf(db: Reader, account_id: string): readonly AccessTagRecord[] {
  return db.all<AccessTagRecord>('SELECT * FROM access_tags WHERE account_id = ? ORDER BY rowid', account_id)
}

export function findTag(db: Reader, account_id: string, name: string): AccessTagRecord | undefined {
  return db.get<AccessTagRecord>('SELECT * FROM access_tags WHERE account_id = ? AND name = ?', account_id, name)
}

export function insertTag(db: Database, tag: AccessTagRecord): void {
  db.run('INSERT INTO access_tags VALUES (@account_id, @name, @created_at, @updated_at)', { ...tag })
}

export function renameTag(db: Database, { account_id, name }: AccessTagRecord, to: string, updated_at: string): void {
  db.run(
    'UPDATE access_tags SET name = ?, updated_at = ? WHERE account_id = ? AND name = ?',
    to,
    updated_at,
    account_id,
    name,
  )
}

export function deleteTag(db: Database, { account_id, name }: AccessTagRecord): void {
  db.run('DELETE FROM access_tags WHERE account_id = ? AND name = ?', account_id, name)
}
