/**
 * How a real connector enters a world: the only functions of the edge that change its data. They use
 * the ledger of simulated connectors. A storage failure is a refusal, or postpones the change.
 */
import { problemWith } from '../../schemas/check.ts'
import type { EventType } from '../../schemas/control/event.ts'
import { AccountId } from '../../schemas/identifiers.ts'
import type { ConnectorRecord, TunnelKey, TunnelRecord } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { CLOUDFLARED } from '../cloudflared/defaults.ts'
import { isLatestLocalConfiguration, storeLocalConfiguration } from '../resources/configurations/local-configuration.ts'
import {
  OTHER_ACCOUNT,
  requireAdmission,
  requireReplicaLimit,
  TUNNEL_NOT_FOUND,
  Unauthorized,
} from '../resources/connections/admission.ts'
import { closeConnections, loseConnections, openConnections, takeVersion } from '../resources/connections/ledger.ts'
import { saveKind } from '../resources/connections/real-store.ts'
import { isLive } from '../resources/connections/rules.ts'
import { saveSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector, trackedConnectors } from '../resources/connections/store.ts'
import { emitTunnelEvent } from '../resources/tunnels/events.ts'
import { findTunnel, isOfOtherAccount } from '../resources/tunnels/store.ts'
import { runOrPostpone } from '../world/postpone.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import type { World } from '../world/world.ts'
import type { LiveConnection } from './live-connection.ts'
import { readLocalConfig } from './local-config.ts'
import type { RegisterCall } from './register-call.ts'

export interface Admitted {
  readonly world: World
  readonly tunnel: TunnelRecord
}

export interface Refused {
  /** The world that the refusal is about; undefined if no world accepts connectors. */
  readonly world?: World | undefined
  readonly refusal: string
}

/** What identifies a connection, in one world. */
type Connection = Pick<LiveConnection, 'tunnel' | 'connector_id' | 'connection_id'>

/**
 * Finds the world of a connector, because account, tunnel and secret do not name one. `worlds` are
 * those that accept connectors, the main world first, then the oldest. The world in which the
 * connector has a session comes before all. If none admits it, the most specific refusal counts (our
 * choice).
 */
export function admit(worlds: readonly World[], call: RegisterCall, sticky?: string): Admitted | Refused {
  let refused: Refused = { world: worlds[0], refusal: TUNNEL_NOT_FOUND }
  for (const world of worlds.toSorted((a, b) => Number(b.id === sticky) - Number(a.id === sticky))) {
    const answer = admitTo(world, call)
    if ('tunnel' in answer) return answer
    if (precisionOf(answer) > precisionOf(refused)) refused = answer
  }
  return refused
}

export function admitTo(world: World, { account_tag, tunnel_id: id, ...call }: RegisterCall): Admitted | Refused {
  const { db } = world
  const moment = world.moment()
  try {
    const found = findTunnel(db, account_tag, id, moment)
    if (!found && isOfOtherAccount(db, { account_tag, id })) throw new Unauthorized(OTHER_ACCOUNT)

    const tunnel = requireAdmission(found, call.tunnel_secret)
    requireReplicaLimit(trackedConnectors(db, tunnel, moment).filter(other => other.id !== call.client.id))
    return { world, tunnel }
  } catch (error) {
    return { world, refusal: refusalOf(world, error) }
  }
}

/**
 * Opens the connection of an admitted call, before the call is answered. It replaces the one with
 * the same index, and live ones of its connector that no session carries. The others may still
 * reconnect (assumed: edge_index_replaced). Returns the text of a refusal if the storage fails.
 */
export function enter(
  world: World,
  tunnel: TunnelKey,
  { connection_index, client, origin_ip, tunnel_secret }: RegisterCall,
  { connection_id: id, colo_name }: Pick<LiveConnection, 'connection_id' | 'colo_name'>,
  hasSession: (connectionId: string) => boolean,
): string | undefined {
  const { db } = world
  const now = world.now()
  const connector: ConnectorRecord = {
    ...client,
    kind: 'real',
    run_at: now,
    config_version: null,
    colos: CLOUDFLARED.colos,
    origin_ip,
    tunnel_secret: tunnel_secret.toString('base64'),
  }
  const opened = {
    id,
    client_id: client.id,
    conn_index: connection_index,
    colo_name,
    origin_ip,
    opened_at: now,
    lost_at: null,
    closed_at: null,
  }
  try {
    const isKnown = findConnector(db, tunnel, client.id, world.momentAt(now))?.kind === 'real'
    openConnections(world, tunnel, connector, [opened], now, {
      isReplaced: other => other.conn_index === connection_index || (isLive(other) && !hasSession(other.id)),
      alsoWrite: () => {
        if (!isKnown) becomeReal(world, tunnel, client.id)
      },
    })
    return undefined
  } catch (error) {
    return refusalOf(world, error)
  }
}

/** A connector of this id may have been simulated, in a copy of the world that it connected to. */
function becomeReal({ db }: World, tunnel: TunnelKey, id: string): void {
  saveKind(db, tunnel, id, 'real')
  saveSimulation(db, tunnel, id, { reconnects: false, config_delay_ms: 0 })
}

/** A session ended. Does nothing if the world ended its connection before. */
export function leave(world: World, connection: Connection, how: 'lost' | 'closed'): void {
  runOrPostpone(world, world.now(), now => {
    const { connections = [] } = connectorOf(world, connection, now) ?? {}
    const own = connections.filter(one => one.id === connection.connection_id && isLive(one))
    if (how === 'lost') loseConnections(world, connection.tunnel, own, now)
    else closeConnections(world, connection.tunnel, own, now)
  })
}

/** The connector uses this version of the configuration, counted as the API does. */
export function took(world: World, connection: Connection, version: number): void {
  runOrPostpone(world, world.now(), now => {
    const connector = connectorOf(world, connection, now)
    if (connector) takeVersion(world, connection.tunnel, connector, version, now)
  })
}

/**
 * The connector of a local tunnel reports the configuration that it runs. Nothing changes if that is
 * the latest one, or if the API configured the tunnel meanwhile (our choice). Throws an Error with
 * one line if it is no configuration.
 */
export function toldLocal(world: World, connection: Connection, json: Buffer): void {
  const config = readLocalConfig(json)
  const { account_tag, id } = connection.tunnel
  runOrPostpone(world, world.now(), now => {
    const tunnel = findTunnel(world.db, account_tag, id, world.momentAt(now))
    if (tunnel?.config_src !== 'local' || isLatestLocalConfiguration(world, tunnel, config)) return
    storeLocalConfiguration(world, tunnel, config, connection.connector_id, now)
  })
}

export function refusedConfiguration(world: World, connection: Connection, version: number, reason: string): void {
  emit(world, 'configuration_refused', connection.tunnel, { connector_id: connection.connector_id, version, reason })
}

/** Anybody can call, so the event has the account only if the text is an account id. */
export function refusedRegistration(world: World, { account_tag, tunnel_id, client }: RegisterCall, reason: string) {
  const tunnel = { account_tag: problemWith(AccountId, account_tag) ? '' : account_tag, id: tunnel_id }
  emit(world, 'registration_refused', tunnel, { connector_id: client.id, reason })
}

function emit(world: World, type: EventType, tunnel: TunnelKey, details: Parameters<typeof emitTunnelEvent>[4]): void {
  emitTunnelEvent(world, type, tunnel, world.now(), details)
}

function connectorOf({ db, momentAt }: World, { tunnel, connector_id }: Connection, now: Timestamp) {
  return findConnector(db, tunnel, connector_id, momentAt(now))
}

/** A cloudflared tries again after any text that starts like this. */
const CANNOT_SAVE = 'Unauthorized: mockflared cannot save'

function refusalOf({ counters }: World, error: unknown): string {
  if (error instanceof Unauthorized) return error.message
  if (!isStorageFailure(error)) throw error

  counters.count('storage_failures')
  return CANNOT_SAVE
}

const LEAST_PRECISE = [OTHER_ACCOUNT, TUNNEL_NOT_FOUND]

function precisionOf({ refusal }: Refused): number {
  return -LEAST_PRECISE.indexOf(refusal)
}
