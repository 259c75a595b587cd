import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import { parseDuration } from '../../schemas/duration.ts'
import type { ConnectorWithConnections, TunnelKey } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { closeConnections, loseConnections } from '../resources/connections/ledger.ts'
import { CONNECTIONS_PER_CONNECTOR, isLive } from '../resources/connections/rules.ts'
import { drain, reconnect } from '../simulation/connectors.ts'
import { endFlap, flap } from '../simulation/flap.ts'
import { DRAIN_EVERY_MS } from '../simulation/scenario.ts'
import type { Context } from './context.ts'
import { requireConnector, requireEdge, requireLive, requireSimulated } from './find.ts'
import { presentById } from './present.ts'

/** Default times (our choice). */
const [FLAP, DRAIN] = ['2s', `${DRAIN_EVERY_MS}ms`]

export function disconnectConnector(
  { world }: Context,
  { graceful = true, connections, ...address }: Input<'disconnectConnector'>,
): Result<'disconnectConnector'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  // The edge ends each session whose connection was lost.
  if (graceful) requireSimulated(connector)
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
  requireSimulated(connector)
  reconnect(world, tunnel, connector, connections, moment.now)
  return presentById(world, tunnel, connector.id, moment)
}

export function drainConnector(
  { world }: Context,
  { every = DRAIN, ...address }: Input<'drainConnector'>,
): Result<'drainConnector'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  requireSimulated(connector)
  drain(world, tunnel, connector.connections.filter(isLive), parseDuration(every), moment.now)
  return presentById(world, tunnel, connector.id, moment)
}

export function flapConnector(
  context: Context,
  { down_for = FLAP, ...address }: Input<'flapConnector'>,
): Result<'flapConnector'> {
  const { world } = context
  const { moment, tunnel, connector } = requireConnector(world, address)
  requireLive(connector)
  if (connector.kind === 'real') keepAway(context, tunnel, connector, down_for, moment.now)
  else flap(world, tunnel, connector, parseDuration(down_for), moment.now)
  return presentById(world, tunnel, connector.id, moment)
}

/** A real connector comes back by itself, so the edge refuses it for a time. */
function keepAway(
  context: Context,
  tunnel: TunnelKey,
  { id: connector_id, connections }: ConnectorWithConnections,
  ttl: string | 0,
  now: Timestamp,
): void {
  const effect = { refuse_registration: { cause: 'Unauthorized: mockflared lets this connector flap' } }
  const rule = { tunnel_id: tunnel.id, connector_id, ttl, effect }
  if (parseDuration(ttl) > 0) requireEdge(context).faults.add(context.world.id, rule)
  loseConnections(context.world, tunnel, connections.filter(isLive), now)
}
