import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { TunnelRecord } from '../../schemas/records.ts'
import { validateIngress } from '../cloudflared/ingress/validate.ts'
import { storeLocalConfiguration } from '../resources/configurations/local-configuration.ts'
import { OTHER_ACCOUNT, TUNNEL_NOT_FOUND, Unauthorized } from '../resources/connections/admission.ts'
import { CONNECTIONS_PER_CONNECTOR } from '../resources/connections/rules.ts'
import { completeConnectorHistory, findSimulation, saveSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector } from '../resources/connections/store.ts'
import { readTunnelToken } from '../resources/tokens/rules.ts'
import { takeConfiguration } from '../simulation/configurations.ts'
import { connect } from '../simulation/connectors.ts'
import type { Context } from './context.ts'
import { requireConnector, requireLive, requireSimulated, requireTunnel } from './find.ts'
import { present, presentById } from './present.ts'

export function listConnectors({ world }: Context, address: Input<'listConnectors'>): Result<'listConnectors'> {
  const { moment, tunnel } = requireTunnel(world, address)
  return completeConnectorHistory(world.db, tunnel).map(connector => present(world, tunnel, connector, moment))
}

export function connectConnector(
  { world }: Context,
  { connections = CONNECTIONS_PER_CONNECTOR, token, account_id, tunnel_id, ...wish }: Input<'connectConnector'>,
): Result<'connectConnector'> {
  const { moment, tunnel } = requireTunnel(world, { account_id, tunnel_id })
  if (wish.id && findConnector(world.db, tunnel, wish.id.toLowerCase(), moment)) {
    throw new ControlError('refused', `tunnel ${tunnel_id} has a connector ${wish.id} already; let it reconnect`)
  }
  const secret = token === undefined ? tunnel.tunnel_secret : secretIn(token, tunnel)
  const wished = { ...wish, ...(wish.id && { id: wish.id.toLowerCase() }) }
  const id = connect(world, tunnel, wished, secret, connections, moment.now)
  return presentById(world, tunnel, id, moment)
}

export function changeConnector(
  { world, edge }: Context,
  { reconnects, config_delay_ms, ...address }: Input<'changeConnector'>,
): Result<'changeConnector'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  if (connector.kind === 'real' && reconnects !== undefined) {
    throw new ControlError('refused', `connector ${connector.id} is a real cloudflared, which reconnects by itself`)
  }
  const before = findSimulation(world.db, tunnel, connector.id)
  saveSimulation(world.db, tunnel, connector.id, {
    reconnects: reconnects ?? before.reconnects,
    config_delay_ms: config_delay_ms === undefined ? before.config_delay_ms : config_delay_ms,
  })
  if (config_delay_ms !== undefined) {
    takeConfiguration(world, tunnel, connector.id, moment.now)
    edge?.offerConfiguration(world.id, tunnel, connector.id)
  }
  return presentById(world, tunnel, connector.id, moment)
}

export function pushLocalConfiguration(
  { world }: Context,
  { config, ...address }: Input<'pushLocalConfiguration'>,
): Result<'pushLocalConfiguration'> {
  const { moment, tunnel, connector } = requireConnector(world, address)
  requireSimulated(connector)
  const complaint = validateIngress(config)
  if (complaint !== null) throw new ControlError('invalid', complaint)
  if (tunnel.config_src !== 'local') {
    throw new ControlError('refused', `tunnel ${tunnel.id} is not configured locally`)
  }
  requireLive(connector)
  return { version: storeLocalConfiguration(world, tunnel, config, connector.id, moment.now) }
}

/**
 * The secret in a token for this tunnel. The refusals are what the edge answers and cloudflared
 * logs.
 */
function secretIn(token: string, tunnel: TunnelRecord): string {
  const read = readTunnelToken(token)
  if (!read) throw new ControlError('invalid', 'the token is no tunnel token: base64 of JSON with a, t and s')
  if (read.tunnel !== tunnel.id) throw new Unauthorized(TUNNEL_NOT_FOUND)
  if (read.account !== tunnel.account_tag) throw new Unauthorized(OTHER_ACCOUNT)
  return read.secret
}
