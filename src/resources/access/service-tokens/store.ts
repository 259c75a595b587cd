import type { AccessServiceTokenRecord } from '../../../../schemas/access-service-token.ts'
import type { Database, Reader } from '../../../store/database.ts'

type Row = Omit<AccessServiceTokenRecord, 'enabled'> & { readonly enabled: 0 | 1 }

export const TOKEN_TABLE = `CREATE TABLE access_service_tokens (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  client_id TEXT NOT NULL UNIQUE,
  client_secret TEXT NOT NULL,
  client_secret_version INTEGER NOT NULL,
  duration TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  expires_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT`

/** The service tokens of an account, oldest first. */
export function tokensOf(db: Reader, account_id: string): readonly AccessServiceTokenRecord[] {
  return db
    .all<Row>('SELECT * FROM access_service_tokens WHERE account_id = ? ORDER BY rowid', account_id)
    .map(recordOf)
}

export function findToken(db: Reader, account_id: string, id: string): AccessServiceTokenRecord | undefined {
  const row = db.get<Row>('SELECT * FROM access_service_tokens WHERE account_id = ? AND id = ?', account_id, id)
  return row && recordOf(row)
}

/** Inserts a service token, or replaces the one with its id. */
export function saveToken(db: Database, token: AccessServiceTokenRecord): void {
  db.run(
    `INSERT INTO access_service_tokens VALUES
      (@id, @account_id, @name, @client_id, @client_secret, @client_secret_version, @duration, @enabled,
       @expires_at, @created_at, @updated_at)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, client_secret = excluded.client_secret,
       client_secret_version = excluded.client_secret_version, duration = excluded.duration,
       enabled = excluded.enabled, expires_at = excluded.expires_at, updated_at = excluded.updated_at`,
    { ...token, enabled: Number(token.enabled) },
  )
}

export function deleteToken(db: Database, id: string): void {
  db.run('DELETE FROM access_service_tokens WHERE id = ?', id)
}

function recordOf(row: Row): AccessServiceTokenRecord {
  return { ...row, enabled: row.enabled === 1 }
}
