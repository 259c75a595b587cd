import { expect } from 'vitest'
import { ACCOUNT } from '../emulator.ts'
import type { Tunnel } from './facts.ts'
import type { OperationOf } from './operations.ts'
import { advanceTo, applyConsequences, close, drain, isAdmitted, isLive, open, reconnect, trackedOf } from './rules.ts'
import { actualTunnels, connectorFor, idOf, refusalOf, type Stage, tunnelFor } from './stage.ts'

function addressOf(tunnel: Tunnel | undefined) {
  return { account_id: ACCOUNT, tunnel_id: idOf(tunnel) }
}

export async function connect(stage: Stage, operation: OperationOf<'connect'>): Promise<void> {
  const { subject, model } = stage
  const { connections, reconnects } = operation
  const tunnel = tunnelFor(model, operation.tunnel)
  const refusal = await refusalOf(subject.control.connectConnector({ ...addressOf(tunnel), connections, reconnects }))
  if (!tunnel) return expect(refusal).toBe('not_found')
  if (tunnel.deleted !== null) return expect(refusal).toBe('forbidden')

  expect(refusal).toBeUndefined()
  const known = new Set(tunnel.connectors.map(({ id }) => id))
  const connectors = (await actualTunnels(stage)).find(({ id }) => id === tunnel.id)?.connectors ?? []
  const id = idOf(connectors.find(connector => !known.has(connector.id)))
  const connector = { id, secret: tunnel.secret, reconnects, took: null, connections: [] }
  tunnel.connectors.push(connector)
  open(connector, connections, model.now)
  applyConsequences(tunnel, model.now)
}

export async function disconnect({ subject, model }: Stage, operation: OperationOf<'disconnect'>): Promise<void> {
  const { graceful, connections } = operation
  const tunnel = tunnelFor(model, operation.tunnel)
  const connector = connectorFor(tunnel, operation.connector)
  const address = { ...addressOf(tunnel), connector_id: idOf(connector) }
  const some = connections === undefined ? {} : { connections }
  const refusal = await refusalOf(subject.control.disconnectConnector({ ...address, graceful, ...some }))
  if (!tunnel || !connector) return expect(refusal).toBe('not_found')

  const affected = trackedOf(connector, model.now)
    .filter(connection => graceful || isLive(connection))
    .slice(0, connections)
  expect(refusal).toBe(affected.length === 0 ? 'refused' : undefined)
  if (graceful) close(affected, model.now)
  else for (const connection of affected) connection.lost = model.now
  applyConsequences(tunnel, model.now)
}

export async function reconnectConnector(
  { subject, model }: Stage,
  operation: OperationOf<'reconnect'>,
): Promise<void> {
  const { connections } = operation
  const tunnel = tunnelFor(model, operation.tunnel)
  const connector = connectorFor(tunnel, operation.connector)
  const address = { ...addressOf(tunnel), connector_id: idOf(connector) }
  const refusal = await refusalOf(subject.control.reconnectConnector({ ...address, connections }))
  if (!tunnel || !connector) return expect(refusal).toBe('not_found')
  if (!isAdmitted(tunnel, connector)) return expect(refusal).toBe('forbidden')

  expect(refusal).toBeUndefined()
  reconnect(tunnel, connector, connections, model.now)
}

export async function drainConnector({ subject, model }: Stage, operation: OperationOf<'drain'>): Promise<void> {
  const { every } = operation
  const tunnel = tunnelFor(model, operation.tunnel)
  const connector = connectorFor(tunnel, operation.connector)
  const address = { ...addressOf(tunnel), connector_id: idOf(connector) }
  const refusal = await refusalOf(subject.control.drainConnector({ ...address, every: `${every}ms` }))
  if (!tunnel || !connector) return expect(refusal).toBe('not_found')

  expect(refusal).toBeUndefined()
  drain(model, tunnel, connector, every)
}

export async function advance({ subject, model }: Stage, { ms }: OperationOf<'advance'>): Promise<void> {
  await subject.control.moveClock({ advance: `${ms}ms` })
  advanceTo(model, model.now + ms)
}
