import type { AccessPolicyRecord } from '../../../../schemas/access-policy.ts'
import type { Database, Reader } from '../../../store/database.ts'

type Row = Omit<AccessPolicyRecord, 'settings'> & { readonly settings: string }

/** The use of a policy by an application. */
export interface PolicyLink {
  readonly app_id: string
  readonly policy_id: string
  readonly precedence: number
}

export const POLICY_TABLE = `CREATE TABLE access_policies (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  app_id TEXT,
  settings TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE access_policy_links (
  app_id TEXT NOT NULL,
  policy_id TEXT NOT NULL,
  precedence INTEGER NOT NULL,
  PRIMARY KEY (app_id, precedence)
) STRICT`

/** The policies of an account, reusable or not, oldest first. */
export function policiesIn(db: Reader, account_id: string): readonly AccessPolicyRecord[] {
  return db.all<Row>('SELECT * FROM access_policies WHERE account_id = ? ORDER BY rowid', account_id).map(recordOf)
}

/** The policies that every application of the account can use, oldest first. */
export function reusablePolicies(db: Reader, account_id: string): readonly AccessPolicyRecord[] {
  return policiesIn(db, account_id).filter(({ app_id }) => app_id === null)
}

/** Finds a policy of an account, reusable or not. */
export function findPolicy(db: Reader, account_id: string, id: string): AccessPolicyRecord | undefined {
  const row = db.get<Row>('SELECT * FROM access_policies WHERE account_id = ? AND id = ?', account_id, id)
  return row && recordOf(row)
}

/** Inserts a policy, or replaces the one with its id. */
export function savePolicy(db: Database, policy: AccessPolicyRecord): void {
  db.run(
    `INSERT INTO access_policies VALUES (@id, @account_id, @app_id, @settings, @created_at, @updated_at)
     ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`,
    { ...policy, settings: JSON.stringify(policy.settings) },
  )
}

export function deletePolicy(db: Database, id: string): void {
  db.run('DELETE FROM access_policies WHERE id = ?', id)
}

/** Deletes the policies that belong to an application alone and are not in use. */
export function deleteUnusedOwnPolicies(db: Database, app_id: string): void {
  db.run(
    'DELETE FROM access_policies WHERE app_id = ? AND id NOT IN (SELECT policy_id FROM access_policy_links)',
    app_id,
  )
}

/** (recorded: access_app_count) */
export function countApps(db: Reader, policy_id: string): number {
  return db.value<number>('SELECT count(*) FROM access_policy_links WHERE policy_id = ?', policy_id) ?? 0
}

/** The links of an application, by precedence. */
export function linksOf(db: Reader, app_id: string): readonly PolicyLink[] {
  return db.all<PolicyLink>('SELECT * FROM access_policy_links WHERE app_id = ? ORDER BY precedence', app_id)
}

export function replaceLinks(db: Database, app_id: string, links: readonly PolicyLink[]): void {
  db.run('DELETE FROM access_policy_links WHERE app_id = ?', app_id)
  for (const link of links)
    db.run('INSERT INTO access_policy_links VALUES (@app_id, @policy_id, @precedence)', { ...link })
}

/** Whether a rule of a policy names the service token. */
export function isTokenInRules(db: Reader, account_id: string, token_id: string): boolean {
  const found = db.value<number>(
    `SELECT EXISTS (
      SELECT 1 FROM access_policies AS policy, json_tree(policy.settings) AS part
      WHERE policy.account_id = ? AND part.key = 'token_id' AND part.atom = ?)`,
    account_id,
    token_id,
  )
  return found === 1
}

function recordOf(row: Row): AccessPolicyRecord {
  return { ...row, settings: JSON.parse(row.settings) }
}
