import type { AccountRecord, CredentialRecord } from '../../schemas/records.ts'
import type { Database } from '../store/database.ts'
import { statement, valueStatement } from '../store/statement.ts'
import { untilWritten } from '../store/write-counter.ts'

interface CredentialRow {
  token: string | null
  email: string | null
  key: string | null
  service_key: string | null
  accounts: string | null
  permissions: string
}

/** Who may come in: the accounts that exist and the credentials that are known. */
export function accessStore(db: Database) {
  const accounts = statement<[], AccountRecord>(db, 'SELECT id, name FROM accounts')
  const exists = valueStatement<[string], 0 | 1>(
    db,
    'SELECT NOT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM accounts WHERE id = ?)',
  )
  const insertAccount = statement<[object]>(db, 'INSERT INTO accounts (id, name) VALUES (@id, @name)')
  const credentials = statement<[], CredentialRow>(
    db,
    'SELECT token, email, key, service_key, accounts, permissions FROM credentials',
  )
  const insertCredential = statement<[object]>(
    db,
    `INSERT INTO credentials (token, email, key, service_key, accounts, permissions)
     VALUES (@token, @email, @key, @service_key, @accounts, @permissions)`,
  )

  return {
    /** Empty when every account exists. */
    accounts: (): readonly AccountRecord[] => accounts.all(),

    /** Every account does until some are listed. */
    exists: untilWritten(db, id => exists.get(id) === 1),

    credentials: (): readonly CredentialRecord[] =>
      credentials.all().map(row => ({
        ...row,
        accounts: row.accounts === null ? null : JSON.parse(row.accounts),
        permissions: JSON.parse(row.permissions),
      })),

    insertAccount: (account: AccountRecord): void => {
      insertAccount.run(account)
    },

    insertCredential: (credential: CredentialRecord): void => {
      insertCredential.run({
        ...credential,
        accounts: credential.accounts && JSON.stringify(credential.accounts),
        permissions: JSON.stringify(credential.permissions),
      })
    },
  }
}
