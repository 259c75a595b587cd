import type { AccountRecord, CredentialRecord } from '../../schemas/records.ts'
import { StateAccounts, type StateCredential, StateCredentials } from '../../schemas/state.ts'
import {
  type SectionContext,
  type SectionPart,
  type StateContributor,
  StateError,
  type StateSection,
} from '../worlds/state-format.ts'
import { insertAccount, insertCredential, listAccounts, listCredentials } from './store.ts'

const accounts: StateSection = {
  key: 'accounts',
  model: StateAccounts,
  recordsOf: (_parts, { accounts }: SectionContext) => [...accounts].map(([id, name]) => ({ id, name })),
  write: (db, record: AccountRecord) => insertAccount(db, record),
  read: db => listAccounts(db),
}

const credentials: StateSection = {
  key: 'credentials',
  model: StateCredentials,
  recordsOf: (parts: readonly SectionPart<readonly StateCredential[]>[]) =>
    parts.flatMap(({ where, content }) =>
      content.map((credential, index) => recordOf(credential, `${where}[${index}]`)),
    ),
  write: (db, record: CredentialRecord) => insertCredential(db, record),
  read: db => listCredentials(db),
}

function recordOf(credential: StateCredential, where: string): CredentialRecord {
  const { token = null, email = null, key = null, service_key = null, accounts, zones, permissions } = credential
  if (!token && !(email && key) && !service_key) {
    throw new StateError(where, 'needs a token, an email with its key, or a service_key')
  }
  return { token, email, key, service_key, accounts: lowerCased(accounts), zones: lowerCased(zones), permissions }
}

function lowerCased(ids: readonly string[] | null = null): readonly string[] | null {
  return ids?.map(id => id.toLowerCase()) ?? null
}

/**
 * The state that all products share: accounts, and the credentials that `--auth strict` accepts.
 */
export const GATEWAY_STATE: StateContributor = {
  sections: [accounts, credentials],
  tables: ['credentials', 'accounts'],
  permission_groups: [],
}
