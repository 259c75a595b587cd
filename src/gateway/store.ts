import type { AccountRecord, CredentialRecord } from '../../schemas/records.ts'
import type { Database, Reader } from '../store/database.ts'

interface CredentialRow {
  token: string | null
  email: string | null
  key: string | null
  service_key: string | null
  accounts: string | null
  zones: string | null
  permissions: string
}

/** Returns an empty list if no seed lists accounts, in which case every account exists. */
export function listAccounts(db: Reader): readonly AccountRecord[] {
  return db.all<AccountRecord>('SELECT id, name FROM accounts')
}

/** Every account exists unless a seed lists accounts. */
export function accountExists(db: Database, id: string): boolean {
  return (
    db.value<0 | 1>(
      'SELECT NOT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM accounts WHERE id = ?)',
      id,
    ) === 1
  )
}

export function insertAccount(db: Database, account: AccountRecord): void {
  db.run('INSERT INTO accounts (id, name) VALUES (@id, @name)', account)
}

export function listCredentials(db: Reader): readonly CredentialRecord[] {
  const rows = db.all<CredentialRow>(
    'SELECT token, email, key, service_key, accounts, zones, permissions FROM credentials',
  )
  return rows.map(row => ({
    ...row,
    accounts: row.accounts === null ? null : JSON.parse(row.accounts),
    zones: row.zones === null ? null : JSON.parse(row.zones),
    permissions: JSON.parse(row.permissions),
  }))
}

export function insertCredential(db: Database, credential: CredentialRecord): void {
  const { accounts, zones, permissions } = credential
  db.run(
    `INSERT INTO credentials (token, email, key, service_key, accounts, zones, permissions)
     VALUES (@token, @email, @key, @service_key, @accounts, @zones, @permissions)`,
    {
      ...credential,
      accounts: accounts && JSON.stringify(accounts),
      zones: zones && JSON.stringify(zones),
      permissions: JSON.stringify(permissions),
    },
  )
}
