/** Sends remote configurations to the connectors of a tunnel, over one connection of each. */
import { setTimeout as pause } from 'node:timers/promises'
import type { ConfigurationRecord, ConnectorWithConnections, TunnelKey } from '../../schemas/records.ts'
import { latestConfiguration } from '../resources/configurations/store.ts'
import { isOutdated } from '../resources/connections/rules.ts'
import { findSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector } from '../resources/connections/store.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds/registry.ts'
import { sendConfiguration } from './configuration-stream.ts'
import { refusedConfiguration, took } from './ledger.ts'
import type { LiveConnection } from './live-connection.ts'
import { type ConfigurationFault, type EdgeFaults, faultOfConfiguration, placeOf } from './management/faults.ts'
import type { Registry } from './registry.ts'
import { failureLine } from './run-safely.ts'
import { createWireVersions } from './wire-versions.ts'

export interface ConfigurationPush {
  /**
   * Sends the latest configuration to a connector that uses an older one. `isForced`: whatever it
   * uses, since that may come from another history of the tunnel. Never throws.
   */
  readonly offer: (worldId: string, tunnel: TunnelKey, connectorId: string, isForced?: boolean) => void
  /** Offers the latest configuration to all connectors of a tunnel. */
  readonly offerToAll: (worldId: string, tunnel: TunnelKey) => void
}

/** A push that is under way, and whether another must follow it. */
interface Running {
  isWanted: boolean
  isForced: boolean
}

interface Push {
  readonly world: World
  readonly connector: ConnectorWithConnections
  readonly latest: ConfigurationRecord
}

/** A version that every cloudflared has already: it only answers which one it uses. */
const PROBE_VERSION = -1

/** A cloudflared answers with another version at most once: if its own was not known. */
const MAX_ATTEMPTS = 3

export interface ConfigurationPushOptions {
  readonly worlds: () => Worlds
  readonly registry: Registry
  readonly faultsOf: (world: World) => EdgeFaults
  readonly warn: (line: string) => void
}

export function createConfigurationPush({
  worlds,
  registry,
  faultsOf,
  warn,
}: ConfigurationPushOptions): ConfigurationPush {
  const running = new Map<string, Running>()
  const versions = createWireVersions()

  const offer: ConfigurationPush['offer'] = (worldId, tunnel, connectorId, isForced = false) => {
    const key = `${worldId} ${tunnel.account_tag} ${tunnel.id} ${connectorId}`
    const current = running.get(key)
    if (current) {
      current.isWanted = true
      current.isForced ||= isForced
      return
    }
    const state: Running = { isWanted: true, isForced }
    running.set(key, state)
    void run(state, worldId, tunnel, connectorId)
      .catch(error => warn(failureLine('a configuration', error)))
      .finally(() => running.delete(key))
  }

  /** One after the other, so that an older version never overtakes a newer one. */
  const run = async (state: Running, worldId: string, tunnel: TunnelKey, connectorId: string): Promise<void> => {
    while (state.isWanted) {
      const { isForced } = state
      Object.assign(state, { isWanted: false, isForced: false })
      const delay = delayOf(worlds().find(worldId), tunnel, connectorId)
      if (delay === null) return

      if (delay > 0) await pause(delay, undefined, { ref: false })
      const fault = faultOf(worldId, tunnel, connectorId, isForced)
      if (fault.delay_ms > 0) await pause(fault.delay_ms, undefined, { ref: false })
      const push = fault.is_refused ? undefined : findPush(worlds().find(worldId), tunnel, connectorId, isForced)
      if (push) await sendToOne(push, registry.ofConnector(worldId, tunnel, connectorId))
    }
  }

  /** Only a push that happens counts. */
  const faultOf = (worldId: string, tunnel: TunnelKey, connectorId: string, isForced: boolean): ConfigurationFault => {
    const push = findPush(worlds().find(worldId), tunnel, connectorId, isForced)
    const [live] = registry.ofConnector(worldId, tunnel, connectorId)
    return push && live
      ? faultOfConfiguration(push.world, faultsOf(push.world), placeOf(live))
      : { delay_ms: 0, is_refused: false }
  }

  /**
   * Over the first connection that answers (assumed: edge_configuration_once). Without any, the next
   * registration tries again.
   */
  const sendToOne = async (push: Push, connections: readonly LiveConnection[]): Promise<void> => {
    const { world, latest } = push
    for (const live of connections) {
      // A connection that does not answer is about to end, which is reported as such.
      const answer = await send(push, live).catch(() => undefined)
      if (!answer) continue

      // A world that was replaced meanwhile has another history.
      if (worlds().find(world.id) !== world) return
      if (answer.error === undefined) took(world, live, latest.version)
      else refusedConfiguration(world, live, latest.version, answer.error)
      return
    }
  }

  /** Until the connector uses the configuration or refuses it. */
  const send = async ({ connector: { id, config_version }, latest }: Push, live: LiveConnection) => {
    const config = JSON.stringify(latest.config)
    if (!versions.isKnown(id)) {
      const { version } = await sendConfiguration(live, PROBE_VERSION, '{}')
      const isLatest = version === latest.version && version === config_version
      versions.learn(id, version, isLatest ? config : undefined)
    }
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const wanted = versions.versionFor(id, latest.version, config)
      const answer = await sendConfiguration(live, wanted, config)
      if (answer.error !== undefined) return answer

      versions.learn(id, answer.version, answer.version === wanted ? config : undefined)
      if (answer.version === wanted) return answer
    }
    throw new Error('the connector answers with other versions')
  }

  return {
    offer,
    offerToAll: (worldId, tunnel) => {
      const connectors = registry.ofTunnel(worldId, tunnel).map(live => live.connector_id)
      for (const id of new Set(connectors)) offer(worldId, tunnel, id)
    },
  }
}

/** In real time, as everything about a real connector. Null: it gets no configurations. */
function delayOf(world: World | undefined, tunnel: TunnelKey, connectorId: string): number | null {
  return world ? findSimulation(world.db, tunnel, connectorId).config_delay_ms : null
}

/** Undefined if there is nothing to send. */
function findPush(
  world: World | undefined,
  { account_tag, id }: TunnelKey,
  connectorId: string,
  isForced: boolean,
): Push | undefined {
  if (!world) return undefined

  const moment = world.moment()
  const tunnel = findTunnel(world.db, account_tag, id, moment)
  const connector = tunnel && findConnector(world.db, tunnel, connectorId, moment)
  if (!connector || tunnel.config_src !== 'cloudflare') return undefined

  const latest = latestConfiguration(world.db, tunnel)
  if (!latest || !(isForced || isOutdated(connector, tunnel, latest))) return undefined
  return { world, connector, latest }
}
