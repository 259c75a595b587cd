import type { CredentialRecord, TunnelRecords, WorldRecords } from '../../schemas/records.ts'
import type { ScenarioStep, State, StateCredential } from '../../schemas/state.ts'
import { type Filler, StateError, tunnelRecordsOf } from '../resources/tunnels/seed.ts'

/** A state under the name by which its user knows it: a file, or the name of a bundled seed. */
export interface NamedState {
  readonly name: string
  readonly state: State
}

/** What states together describe. Throws a StateError with the name of the state and the place in it. */
export function worldRecordsOf(states: readonly NamedState[], filler: Filler): WorldRecords {
  const listed = new Map(
    states.flatMap(({ state }) => state.accounts ?? []).map(({ id, name = null }) => [id.toLowerCase(), name]),
  )
  const credentials: CredentialRecord[] = []
  const tunnels: TunnelRecords[] = []
  const taken = new Set<string>()

  for (const { name, state } of states) {
    for (const [index, credential] of (state.credentials ?? []).entries()) {
      credentials.push(credentialOf(credential, `${name}: credentials[${index}]`))
    }
    for (const [index, tunnel] of (state.tunnels ?? []).entries()) {
      const where = `${name}: tunnels[${index}]`
      const records = tunnelRecordsOf(tunnel, where, filler)
      requireListed(where, records.tunnel.account_tag, listed)
      requireDistinct(where, records, taken)
      tunnels.push(records)
    }
  }
  return { accounts: [...listed].map(([id, name]) => ({ id, name })), credentials, tunnels }
}

/** What is to happen by itself, in all states together. */
export function scenarioOf(states: readonly NamedState[]): readonly ScenarioStep[] {
  return states.flatMap(({ state }) => state.scenario ?? [])
}

function credentialOf(credential: StateCredential, where: string): CredentialRecord {
  const { token = null, email = null, key = null, service_key = null, accounts = null, permissions } = credential
  if (!token && !(email && key) && !service_key) {
    throw new StateError(where, 'needs a token, an email with its key, or a service_key')
  }
  return { token, email, key, service_key, accounts: accounts?.map(id => id.toLowerCase()) ?? null, permissions }
}

/** Refuses what two tunnels of one account cannot share, an id or a live name, and remembers in `taken` what this one takes. */
function requireDistinct(where: string, { tunnel }: TunnelRecords, taken: Set<string>): void {
  const { account_tag, id, name, deleted_at } = tunnel
  const idKey = `${account_tag} id ${id}`
  const nameKey = `${account_tag} name ${name}`
  if (taken.has(idKey)) throw new StateError(`${where}.id`, `another tunnel has the id ${id}`)
  if (deleted_at === null && taken.has(nameKey))
    throw new StateError(`${where}.name`, `another live tunnel is named "${name}"`)

  taken.add(idKey)
  if (deleted_at === null) taken.add(nameKey)
}

/** Refuses tunnels and credentials in accounts that no state lists, once one of them lists accounts. */
function requireListed(where: string, account: string, accounts: ReadonlyMap<string, unknown>): void {
  if (accounts.size > 0 && !accounts.has(account))
    throw new StateError(where, `account ${account} is not listed in accounts`)
}

/** A world as a state that holds all of it: reading it back gives the same records. */
export function stateOf({ accounts, credentials, tunnels }: WorldRecords): State {
  return {
    accounts: accounts.map(account => ({ ...account })),
    credentials: credentials.map(credential => ({
      ...credential,
      accounts: credential.accounts && [...credential.accounts],
      permissions: [...credential.permissions],
    })),
    tunnels: tunnels.map(({ tunnel, configurations, connectors }) => ({
      ...tunnel,
      configurations: configurations.map(configuration => ({ ...configuration })),
      connectors: connectors.map(({ features, colos, connections, ...connector }) => ({
        ...connector,
        features: [...features],
        colos: [...colos],
        connections: connections.map(({ client_id, ...connection }) => connection),
      })),
    })),
  }
}
