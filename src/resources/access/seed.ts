import type { AccessPolicyRecord } from '../../../schemas/access-policy.ts'
import type { AccessServiceTokenRecord } from '../../../schemas/access-service-token.ts'
import type { AccessTagRecord } from '../../../schemas/access-tag.ts'
import { StateAccess, type StateAccountAccess } from '../../../schemas/state-access.ts'
import { normalised } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { ApiError } from '../../gateway/api-error.ts'
import type { Database, Reader } from '../../store/database.ts'
import { type SectionContext, type SectionPart, StateError, type StateSection } from '../../worlds/state-format.ts'
import { sampleAccount } from '../sample-account.ts'
import { appsOf, saveApp } from './applications/store.ts'
import { linksOf, policiesIn, replaceLinks, savePolicy } from './policies/store.ts'
import { appRecordOf, policyRecordOf, type Seeded, type SeededApp, tagRecordOf, tokenRecordOf } from './seed-records.ts'
import { saveToken, tokensOf } from './service-tokens/store.ts'
import { insertTag, tagsOf } from './tags/store.ts'

/** Access in one account. Without an account it is the sample account, which other sections decide. */
interface AccountAccess {
  readonly account_id: string | undefined
  readonly applications: readonly SeededApp[]
  readonly policies: readonly Seeded<AccessPolicyRecord>[]
  readonly tags: readonly Seeded<AccessTagRecord>[]
  readonly service_tokens: readonly Seeded<AccessServiceTokenRecord>[]
}

export const ACCESS_SECTION: StateSection = {
  key: 'access',
  model: StateAccess,
  recordsOf: (parts: readonly SectionPart<readonly StateAccountAccess[]>[], context) => {
    const taken = new Set<string>()
    return parts.flatMap(({ where, content }) =>
      content.map((access, index) => accountAccessOf(access, `${where}[${index}]`, context, taken)),
    )
  },
  write: (db, { account_id = sampleAccount(db), ...access }: AccountAccess) => {
    for (const policy of access.policies) savePolicy(db, { account_id, ...policy })
    for (const { app, links } of access.applications) {
      saveApp(db, { account_id, ...app })
      replaceLinks(db, app.id, links)
    }
    for (const tag of access.tags) insertTag(db, { account_id, ...tag })
    for (const token of access.service_tokens) saveToken(db, { account_id, ...token })
  },
  read: db => accountsWithAccess(db).map(account_id => readAccess(db, account_id)),
}

/** `taken` collects what must differ in all states. */
function accountAccessOf(
  access: StateAccountAccess,
  where: string,
  context: SectionContext,
  taken: Set<string>,
): AccountAccess {
  const account_id = access.account_id?.toLowerCase()
  requireListed(where, account_id, context)
  const policies = each(access.policies, `${where}.policies`, (state, path) => {
    const record = policyRecordOf(state, context)
    requireNew(`${path}.id`, 'id', record.id, taken, 'policies')
    return record
  })
  return {
    account_id,
    policies,
    applications: each(access.applications, `${where}.applications`, (state, path) => {
      const record = appRecordOf(state, context)
      requireNew(`${path}.id`, 'id', record.app.id, taken, 'applications')
      requirePolicies(path, record, policies)
      return record
    }),
    tags: each(access.tags, `${where}.tags`, (state, path) => {
      requireNew(`${path}.name`, 'name', state.name, taken, account_id)
      return tagRecordOf(state, context)
    }),
    service_tokens: each(access.service_tokens, `${where}.service_tokens`, (state, path) => {
      const record = tokenRecordOf(state, context)
      requireNew(`${path}.id`, 'id', record.id, taken, 'service_tokens')
      requireNew(`${path}.client_id`, 'client_id', record.client_id, taken)
      return record
    }),
  }
}

/** The records of a list; an error of the API becomes one of the state. */
function each<State, Result>(
  states: readonly State[] | undefined,
  where: string,
  recordOf: (state: State, path: string) => Result,
): readonly Result[] {
  return (states ?? []).map((state, index) => {
    const path = `${where}[${index}]`
    try {
      return recordOf(state, path)
    } catch (error) {
      throw error instanceof ApiError ? new StateError(path, error.message) : error
    }
  })
}

function requireListed(where: string, account_id: string | undefined, { accounts }: SectionContext): void {
  if (account_id !== undefined && accounts.size > 0 && !accounts.has(account_id))
    throw new StateError(where, `account ${account_id} is not listed in accounts`)
}

/** `scope`: the account or the list, for what may be the same in others. */
function requireNew(where: string, what: string, value: string, taken: Set<string>, scope = ''): void {
  const key = `${scope} ${what} ${value}`
  if (taken.has(key)) throw new StateError(where, `another one has the ${what} ${value}`)
  taken.add(key)
}

function requirePolicies(where: string, { app, links }: SeededApp, policies: AccountAccess['policies']): void {
  for (const { policy_id } of links) {
    const policy = policies.find(({ id }) => id === policy_id)
    if (!policy || (policy.app_id !== null && policy.app_id !== app.id))
      throw new StateError(`${where}.policies`, `there is no policy ${policy_id} that this application can use`)
  }
}

const TABLES = ['access_policies', 'access_applications', 'access_tags', 'access_service_tokens']
const ACCOUNTS = `${TABLES.map(table => `SELECT account_id FROM ${table}`).join(' UNION ')} ORDER BY account_id`
const LAST_CHANGE = `SELECT max(time) FROM (${TABLES.map(table => `SELECT max(updated_at) AS time FROM ${table}`).join(' UNION ')})`

/** The accounts that have anything of Access. */
export function accountsWithAccess(db: Reader): readonly string[] {
  return db.all<{ account_id: string }>(ACCOUNTS).map(({ account_id }) => account_id)
}

function readAccess(db: Reader, account_id: string) {
  return {
    account_id,
    policies: policiesIn(db, account_id).map(({ account_id: _, settings, ...policy }) => ({ ...policy, ...settings })),
    applications: appsOf(db, account_id).map(({ account_id: _, settings, ...app }) => ({
      ...app,
      ...settings,
      policies: linksOf(db, app.id).map(({ policy_id: id, precedence }) => ({ id, precedence })),
    })),
    tags: tagsOf(db, account_id).map(({ account_id: _, ...tag }) => tag),
    service_tokens: tokensOf(db, account_id).map(({ account_id: _, ...token }) => token),
  }
}

/** The latest time in any object of Access. */
export function lastAccessChange(db: Database): Timestamp | undefined {
  const time = db.value<string | null>(LAST_CHANGE)
  return time ? normalised(time) : undefined
}
