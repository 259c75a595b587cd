import {
  ConnectorAddress,
  ConnectorChange,
  ConnectRequest,
  PushRequest,
  SimulatedConnector,
  TunnelAddress,
} from '../../schemas/control/connector.ts'
import type { TunnelRecord } from '../../schemas/records.ts'
import { Type } from '../../schemas/typebox.ts'
import { validateIngress } from '../cloudflared/ingress/validate.ts'
import { readTunnelToken } from '../resources/connections/connector-rules.ts'
import { CONNECTIONS_PER_CONNECTOR, isLive } from '../resources/connections/rules.ts'
import { connectorHistory, findConnector, saveConnector } from '../resources/connections/store.ts'
import { pushConfiguration, takeConfiguration } from '../simulation/configurations.ts'
import { connect } from '../simulation/connectors.ts'
import { action } from './action.ts'
import { ControlError } from './errors.ts'
import { connectorAt, tunnelAt } from './find.ts'
import { admitted, CONNECTOR, CONNECTORS, present, shown } from './present.ts'

export const listConnectors = action(
  {
    method: 'GET',
    path: CONNECTORS,
    summary: 'List every connector a tunnel ever had, with all its connections',
    params: TunnelAddress,
    result: Type.Array(SimulatedConnector),
  },
  ({ world }, address) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, address, moment)
    return connectorHistory(world.db, tunnel).map(connector => shown(world, tunnel, connector, moment))
  },
)

export const connectConnector = action(
  {
    method: 'POST',
    path: CONNECTORS,
    summary: 'Start a connector',
    params: TunnelAddress,
    body: ConnectRequest,
    result: SimulatedConnector,
  },
  ({ world }, { connections = CONNECTIONS_PER_CONNECTOR, token, account_id, tunnel_id, ...wish }) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, { account_id, tunnel_id }, moment)
    if (wish.id && findConnector(world.db, tunnel, wish.id.toLowerCase(), moment)) {
      throw new ControlError('refused', `tunnel ${tunnel_id} has a connector ${wish.id} already; let it reconnect`)
    }
    const secret = token === undefined ? tunnel.tunnel_secret : secretIn(token, tunnel)
    const wished = { ...wish, ...(wish.id && { id: wish.id.toLowerCase() }) }
    const { id } = admitted(() => connect(world, tunnel, wished, secret, connections, moment.now))
    return present(world, tunnel, id, moment)
  },
)

export const changeConnector = action(
  {
    method: 'PATCH',
    path: CONNECTOR,
    summary: 'Tell a connector whether to come back, and to take configurations late or never',
    params: ConnectorAddress,
    body: ConnectorChange,
    result: SimulatedConnector,
  },
  ({ world }, { reconnects, config_delay_ms, ...address }) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, address, moment)
    const connector = connectorAt(world, tunnel, address, moment)
    saveConnector(world.db, tunnel, {
      ...connector,
      reconnects: reconnects ?? connector.reconnects,
      config_delay_ms: config_delay_ms === undefined ? connector.config_delay_ms : config_delay_ms,
    })
    if (config_delay_ms !== undefined) takeConfiguration(world, tunnel, connector.id, moment.now)
    return present(world, tunnel, connector.id, moment)
  },
)

export const pushLocalConfiguration = action(
  {
    method: 'POST',
    path: `${CONNECTOR}/configuration`,
    summary: 'Let a connector of a local tunnel tell its own configuration',
    params: ConnectorAddress,
    body: PushRequest,
    result: Type.Object({ version: Type.Integer() }),
  },
  ({ world }, { config, ...address }) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, address, moment)
    const connector = connectorAt(world, tunnel, address, moment)
    const complaint = validateIngress(config)
    if (complaint !== null) throw new ControlError('invalid', complaint)
    if (tunnel.config_src !== 'local')
      throw new ControlError('refused', `tunnel ${tunnel.id} is not configured locally`)
    if (!connector.connections.some(isLive))
      throw new ControlError('refused', `connector ${connector.id} is not connected`)

    const { version } = pushConfiguration(world, tunnel, config, connector.id, moment.now)
    return { version }
  },
)

/** The secret in a token, which must be one for this tunnel: what the edge says to another is what a connector logs. */
function secretIn(token: string, tunnel: TunnelRecord): string {
  const read = readTunnelToken(token)
  if (!read) throw new ControlError('invalid', 'the token is no tunnel token: base64 of JSON with a, t and s')
  if (read.tunnel !== tunnel.id) throw new ControlError('forbidden', 'Unauthorized: Tunnel not found')
  if (read.account !== tunnel.account_tag) {
    throw new ControlError('forbidden', "Unauthorized: Account  doesn't have tunnel") // Two spaces and all (recorded: connector_refused).
  }
  return read.secret
}
