import type { CompleteConnectorRecord, TunnelRecords } from '../../../schemas/records.ts'
import { type StateConnector, type StateTunnel, StateTunnels } from '../../../schemas/state.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { Database } from '../../store/database.ts'
import { type SectionContext, type SectionPart, StateError, type StateSection } from '../../worlds/state-format.ts'
import { configurationHistory, insertConfiguration } from '../configurations/store.ts'
import { completeConnectorHistory, insertCompleteConnector } from '../connections/simulation-store.ts'
import { tunnelRecordsOf } from './seed-tunnel.ts'
import { eachTunnel, insertTunnel } from './store.ts'

/** Tunnels with their configurations, connectors and connections. */
export const TUNNEL_SECTION: StateSection = {
  key: 'tunnels',
  model: StateTunnels,
  recordsOf: function* (parts: readonly SectionPart<readonly StateTunnel[]>[], context) {
    const taken = new Set<string>()
    for (const { where, content } of parts) {
      for (const [index, tunnel] of content.entries()) {
        const path = `${where}[${index}]`
        const records = tunnelRecordsOf(tunnel, path, context)
        requireListedAccount(path, records.tunnel.account_tag, context)
        requireDistinct(path, records, taken)
        yield records
      }
    }
  },
  write: (db, { tunnel, configurations, connectors }: TunnelRecords) => {
    insertTunnel(db, tunnel)
    for (const configuration of configurations) insertConfiguration(db, tunnel, configuration)
    for (const connector of connectors) insertCompleteConnector(db, tunnel, connector)
  },
  read: function* (db) {
    for (const tunnel of eachTunnel(db)) {
      yield {
        ...tunnel,
        configurations: configurationHistory(db, tunnel),
        connectors: completeConnectorHistory(db, tunnel).map(stateOfConnector),
      }
    }
  },
}

/** Simulated connectors are the default, so a state does not say their kind. */
function stateOfConnector({ kind, connections, ...connector }: CompleteConnectorRecord): StateConnector {
  return {
    ...(kind === 'real' && { kind }),
    ...connector,
    features: [...connector.features],
    colos: [...connector.colos],
    connections: connections.map(({ client_id, conn_index, ...connection }) => ({
      ...connection,
      ...(conn_index !== null && { index: conn_index }),
    })),
  }
}

const LAST_CHANGE = `SELECT max(time) FROM (
  SELECT max(created_at, ifnull(deleted_at, ''), ifnull(conns_active_at, ''), ifnull(conns_inactive_at, '')) AS time
    FROM tunnels
  UNION ALL SELECT max(created_at) FROM configurations
  UNION ALL SELECT max(run_at) FROM connectors
  UNION ALL SELECT max(opened_at, ifnull(lost_at, ''), ifnull(closed_at, '')) FROM connections)`

/** The latest time in any row of tunnels, configurations, connectors and connections. */
export function lastTunnelChange(db: Database): Timestamp | undefined {
  return db.value<Timestamp | null>(LAST_CHANGE) ?? undefined
}

/** Tunnels of one account need different ids and, while live, names. `taken` collects both. */
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

/** If a state lists accounts, each tunnel must belong to one of them. */
function requireListedAccount(where: string, account: string, { accounts }: SectionContext): void {
  if (accounts.size > 0 && !accounts.has(account))
    throw new StateError(where, `account ${account} is not listed in accounts`)
}
