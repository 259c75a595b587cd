import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import { parseDuration } from '../../schemas/duration.ts'
import { closeConnections, loseConnections } from '../resources/connections/ledger.ts'
import { CONNECTIONS_PER_CONNECTOR, isLive } from '../resources/connections/rules.ts'
import { drain, reconnect } from '../simulation/connectors.ts'
import { endFlap, flap } from '../simulation/flap.ts'
import { DRAIN_EVERY_MS } from '../simulation/scenario.ts'
import type { Context } from './context.ts'
import { requireConnector, requireLive } from './find.ts'
import { presentById } from './present.ts'

/** Default times (our choice). */
const [FLAP, DRAIN] = ['2s', `${DRAIN_EVERY_MS}ms`]

export function disconnectConnector(
  { world }: Context,
  { graceful = true, connections, ...address }: Input<'disconnectConnector'>,
): Result<'disconnectConnector'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  const affected = connector.connections.filter(graceful ? () => true : isLive).slice(0, connections)
  if (affected.length === 0) throw new ControlError('refused', `connector ${connector.id} is not connected`)

  if (graceful && affected.length === connector.connections.length) endFlap(world, tunnel, connector.id)
  if (graceful) closeConnections(world, tunnel, affected, moment.now)
  else loseConnections(world, tunnel, affected, moment.now)
  return presentById(world, tunnel, connector.id, moment)
}

export function reconnectConnector(
  { world }: Context,
  { connections = CONNECTIONS_PER_CONNECTOR, ...address }: Input<'reconnectConnector'>,
): Result<'reconnectConnector'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  reconnect(world, tunnel, connector, connections, moment.now)
  return presentById(world, tunnel, connector.id, moment)
}

export function drainConnector(
  { world }: Context,
  { every = DRAIN, ...address }: Input<'drainConnector'>,
): Result<'drainConnector'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  drain(world, tunnel, connector.connections.filter(isLive), parseDuration(every), moment.now)
  return presentById(world, tunnel, connector.id, moment)
}

export function flapConnector(
  { world }: Context,
  { down_for = FLAP, ...address }: Input<'flapConnector'>,
): Result<'flapConnector'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  requireLive(connector)
  flap(world, tunnel, connector, parseDuration(down_for), moment.now)
  return presentById(world, tunnel, connector.id, moment)
}
