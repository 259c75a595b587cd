import {
  ConnectorAddress,
  DisconnectRequest,
  DrainRequest,
  FlapRequest,
  ReconnectRequest,
  SimulatedConnector,
} from '../../schemas/control/connector.ts'
import { millisOf } from '../../schemas/time.ts'
import { CONNECTIONS_PER_CONNECTOR, isLive } from '../resources/connections/rules.ts'
import { close, drain, lose, reconnect } from '../simulation/connectors.ts'
import { endFlap, flap } from '../simulation/flap.ts'
import { DRAIN_EVERY_MS } from '../simulation/scenario.ts'
import { action } from './action.ts'
import { ControlError } from './errors.ts'
import { connectorAt, tunnelAt } from './find.ts'
import { admitted, CONNECTOR, present } from './present.ts'

/** How long a flapping connector is away when nothing else is said (our choice). */
const FLAP_MS = 2_000

export const disconnectConnector = action(
  {
    method: 'POST',
    path: `${CONNECTOR}/disconnect`,
    summary: 'Stop a connector, or break its connections',
    params: ConnectorAddress,
    body: DisconnectRequest,
    result: SimulatedConnector,
  },
  ({ world }, { graceful = true, connections, ...address }) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, address, moment)
    const connector = connectorAt(world, tunnel, address, moment)
    const affected = connector.connections.filter(graceful ? () => true : isLive).slice(0, connections)
    if (affected.length === 0) throw new ControlError('refused', `connector ${connector.id} is not connected`)

    if (graceful && affected.length === connector.connections.length) endFlap(world, tunnel, connector.id)
    if (graceful) close(world, tunnel, affected, moment.now)
    else lose(world, tunnel, affected, moment.now)
    return present(world, tunnel, connector.id, moment)
  },
)

export const reconnectConnector = action(
  {
    method: 'POST',
    path: `${CONNECTOR}/reconnect`,
    summary: 'Bring a connector back, under its own id',
    params: ConnectorAddress,
    body: ReconnectRequest,
    result: SimulatedConnector,
  },
  ({ world }, { connections = CONNECTIONS_PER_CONNECTOR, ...address }) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, address, moment)
    const connector = connectorAt(world, tunnel, address, moment)
    admitted(() => reconnect(world, tunnel, connector, connections, moment.now))
    return present(world, tunnel, connector.id, moment)
  },
)

export const drainConnector = action(
  {
    method: 'POST',
    path: `${CONNECTOR}/drain`,
    summary: 'Close the connections of a connector one after the other',
    params: ConnectorAddress,
    body: DrainRequest,
    result: SimulatedConnector,
  },
  ({ world }, { every = DRAIN_EVERY_MS, ...address }) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, address, moment)
    const connector = connectorAt(world, tunnel, address, moment)
    drain(world, tunnel, connector.connections.filter(isLive), millisOf(every), moment.now)
    return present(world, tunnel, connector.id, moment)
  },
)

export const flapConnector = action(
  {
    method: 'POST',
    path: `${CONNECTOR}/flap`,
    summary: 'Break the connections of a connector and bring it back by itself',
    params: ConnectorAddress,
    body: FlapRequest,
    result: SimulatedConnector,
  },
  ({ world }, { down_for = FLAP_MS, ...address }) => {
    const moment = world.moment()
    const tunnel = tunnelAt(world, address, moment)
    const connector = connectorAt(world, tunnel, address, moment)
    if (!connector.connections.some(isLive))
      throw new ControlError('refused', `connector ${connector.id} is not connected`)

    flap(world, tunnel, connector, millisOf(down_for), moment.now)
    return present(world, tunnel, connector.id, moment)
  },
)
