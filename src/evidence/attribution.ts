/**
 * Which behaviours shaped an answer, told from what its handler had at hand. What is the same for every answer, such as the
 * envelope, is left out; so is what no answer can tell (`untold` in the catalogue).
 */
import type {
  ConfigurationRecord,
  ConnectionRecord,
  Connectivity,
  ConnectorRecord,
  ConnectorWithConnections,
  TunnelRecord,
} from '../../schemas/records.ts'
import type { ManagementResource } from '../../schemas/token.ts'
import type { TunnelCreate, TunnelListQuery, TunnelUpdate } from '../../schemas/tunnel.ts'
import type { ErrorKey } from '../gateway/errors.ts'
import type { Unconfigured } from '../resources/configurations/rules.ts'
import { isPendingReconnect } from '../resources/connections/rules.ts'
import { statusOf } from '../resources/tunnels/rules.ts'
import type { BehaviourId } from './catalogue.ts'
import type { Behaviour } from './dated-changes.ts'
import { OPERATIONS } from './operations.ts'

/** Ids of behaviours. */
export type Leaning = readonly string[]

type ShownTunnel = TunnelRecord & Connectivity

/** In the order in which they are named. */
function whichOf(shaped: Partial<Record<BehaviourId, boolean>>): Leaning {
  const flags: Readonly<Record<string, boolean>> = shaped
  const ids: string[] = []
  for (const id in flags) if (flags[id]) ids.push(id)
  return leaningOn(ids)
}

const known = new Map<string, Leaning>()

/** The same ids are the very same leaning: answers lean on a few over and over, and what is told of one is told once. */
export function leaningOn(ids: Leaning): Leaning {
  const key = ids.join()
  const leaning = known.get(key)
  if (leaning) return leaning

  known.set(key, ids)
  return ids
}

function shownIn(tunnels: readonly ShownTunnel[], { config_src_in_answers }: Behaviour) {
  return {
    tunnel_answer: tunnels.length > 0,
    tunnel_status: tunnels.some(tunnel => tunnel.ever_connected),
    status_threshold: tunnels.some(tunnel => statusOf(tunnel) === 'degraded'),
    activity_times: tunnels.some(tunnel => tunnel.ever_connected),
    config_src_in_answers: config_src_in_answers && tunnels.some(tunnel => tunnel.deleted_at === null),
  }
}

export function onList(
  query: TunnelListQuery,
  tunnels: readonly ShownTunnel[],
  behaviour: Behaviour,
  lags: boolean,
): Leaning {
  return whichOf({
    list_page: true,
    list_total: true,
    list_past_the_end: query.page > 1 && tunnels.length === 0,
    list_order: tunnels.length > 1,
    list_live_only: query.is_deleted === undefined && behaviour.list_live_only,
    list_deleted: query.is_deleted !== undefined,
    filter_name: query.name !== undefined,
    filter_uuid: query.uuid !== undefined,
    filter_prefix: Boolean(query.include_prefix || query.exclude_prefix),
    filter_name_prefix: Boolean(query.name_prefix),
    filter_empty_prefix: [query.include_prefix, query.exclude_prefix, query.name_prefix].includes(''),
    filter_existed_at: query.existed_at !== undefined,
    filter_existed_at_encoded: query.existed_at?.includes('%') ?? false,
    filter_was_active_at: query.was_active_at !== undefined,
    filter_was_inactive_at: query.was_inactive_at !== undefined,
    filter_status: query.status !== undefined,
    connections_gone: behaviour.connections_gone && tunnels.length > 0,
    stale_reads: lags,
    ...shownIn(tunnels, behaviour),
  })
}

export function onCreate(body: TunnelCreate, tunnel: ShownTunnel, behaviour: Behaviour): Leaning {
  return whichOf({
    create_answer: true,
    create_local: body.config_src === undefined,
    create_secret: body.tunnel_secret === undefined,
    tunnel_token: true,
    connections_on_writes: behaviour.connections_gone,
    ...shownIn([tunnel], behaviour),
  })
}

export function onGet(tunnel: ShownTunnel, behaviour: Behaviour, lags: boolean): Leaning {
  return whichOf({
    get_deleted: tunnel.deleted_at !== null,
    connections_gone: behaviour.connections_gone,
    stale_reads: lags,
    ...shownIn([tunnel], behaviour),
  })
}

export function onUpdate(
  body: TunnelUpdate,
  tunnel: ShownTunnel,
  connectors: readonly ConnectorWithConnections[],
  behaviour: Behaviour,
): Leaning {
  return whichOf({
    update_answer: true,
    update_fields: true,
    tunnel_token: true,
    tunnel_token_rotates: body.tunnel_secret !== undefined,
    secret_rotation: body.tunnel_secret !== undefined && tunnel.live,
    connections_on_writes: behaviour.connections_gone,
    connection_pending: havePending(connectors),
    ...shownIn([tunnel], behaviour),
  })
}

export function onDelete(found: ShownTunnel, tracked: readonly ConnectionRecord[], behaviour: Behaviour): Leaning {
  return whichOf({
    delete_answer: true,
    delete_again: found.deleted_at !== null,
    delete_cascade: found.deleted_at === null && tracked.length > 0,
    connections_on_writes: behaviour.connections_gone,
    tunnel_answer: true,
    tunnel_status: found.ever_connected,
    activity_times: found.ever_connected,
  })
}

export function onGetConfiguration(
  { config }: ConfigurationRecord | Unconfigured,
  behaviour: Behaviour,
  lags: boolean,
): Leaning {
  return whichOf({
    configuration_answer: config !== null,
    configuration_never_put: config === null,
    configuration_account_id: behaviour.configuration_account_id,
    stale_reads: lags,
  })
}

export function onPutConfiguration(
  found: TunnelRecord,
  sent: object,
  behaviour: Behaviour,
  isChecked: boolean,
): Leaning {
  return whichOf({
    configuration_answer: true,
    configuration_version: true,
    configuration_replaced: true,
    configuration_on_local: found.config_src === 'local',
    configuration_account_id: behaviour.configuration_account_id,
    ingress_validation: isChecked,
    warp_routing_added: !('warp-routing' in sent),
  })
}

export function onListConnections(connectors: readonly ConnectorWithConnections[]): Leaning {
  return whichOf({
    connections_unpaged: true,
    connections_none: connectors.length === 0,
    ...connectorsIn(connectors),
  })
}

export function onGetConnector(connector: ConnectorWithConnections): Leaning {
  return whichOf({ connector_gone: connector.connections.length === 0, ...connectorsIn([connector]) })
}

function connectorsIn(connectors: readonly ConnectorWithConnections[]) {
  return {
    connector_answer: connectors.length > 0,
    connector_config_version: connectors.some(hasNoVersion),
    connector_spread: connectors.some(({ connections }) => connections.length > 1),
    connection_pending: havePending(connectors),
  }
}

function hasNoVersion({ config_version }: ConnectorRecord): boolean {
  return !config_version
}

function havePending(connectors: readonly ConnectorWithConnections[]): boolean {
  return connectors.some(({ connections }) => connections.some(isPendingReconnect))
}

export function onCleanUp(cut: readonly ConnectionRecord[]): Leaning {
  return whichOf({ clean_up: true, clean_up_answer: true, clean_up_nothing: cut.length === 0 })
}

export function onGetToken(tunnel: TunnelRecord): Leaning {
  return whichOf({ tunnel_token: true, tunnel_token_of_local: tunnel.config_src === 'local' })
}

export function onManagement(resources: readonly ManagementResource[], inPath: boolean, named: boolean): Leaning {
  return whichOf({
    management_token: true,
    management_ping: resources.includes('logs'),
    management_path: inPath,
    management_actor: !named,
  })
}

/** Where in a request the reason of its refusal stands. */
export interface Refused {
  readonly operation: string | undefined
  readonly inQuery: boolean
  /** In the id of a tunnel or a connector. */
  readonly inId: boolean
  /** In an account that no seed lists, where credentials are not looked at. */
  readonly unlisted: boolean
}

/** A refusal is a behaviour itself; some are less sure in one place than in another. */
export function onRefusal(key: ErrorKey, { operation, inQuery, inId, unlisted }: Refused): Leaning {
  return whichOf({
    [key]: true,
    query_refused: inQuery,
    id_form: inId,
    account_unlisted: key === 'not_permitted' && unlisted,
    update_name_taken: key === 'tunnel_name_taken' && operation === OPERATIONS.update,
  })
}
