import { expect } from 'vitest'
import type { Client } from '../../../schemas/client.ts'
import type { Tunnel as ApiTunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT } from '../emulator.ts'
import { type Model, stampOf, type Tunnel, tokenOf } from './facts.ts'
import { type ListQuery, listResponse } from './lists.ts'
import type { OperationOf } from './operations.ts'
import {
  allTracked,
  applyConsequences,
  close,
  dropConnections,
  isLive,
  ownerOfName,
  presented,
  trackedOf,
} from './rules.ts'
import { actualTunnels, connectorFor, expectRefusal, expectResult, idOf, type Stage, tunnelFor } from './stage.ts'

export async function create(stage: Stage, { name, config_src, tunnel_secret }: OperationOf<'create'>): Promise<void> {
  const { subject, model } = stage
  const response = await subject.api('POST', '', { name, config_src, tunnel_secret })
  if (tunnel_secret === '') return expectRefusal(response, 400, 1030)
  if (ownerOfName(model, name)) return expectRefusal(response, 409, 1013)

  const known = new Set(model.tunnels.map(({ id }) => id))
  const [added] = (await actualTunnels(stage)).filter(({ id }) => !known.has(id))
  const created: Tunnel = {
    id: idOf(added),
    name,
    remote: config_src === 'cloudflare',
    secret: tunnel_secret ?? added?.secret ?? '',
    created: model.now,
    deleted: null,
    active: null,
    inactive: model.now,
    versions: [],
    connectors: [],
  }
  expectResult(response, {
    ...presented(created, model.now),
    connections: [],
    token: tokenOf(created),
    credentials_file: {
      AccountTag: ACCOUNT,
      TunnelID: created.id,
      TunnelName: name,
      TunnelSecret: created.secret,
    },
  })
  if (tunnel_secret === undefined) expect(atob(created.secret)).toHaveLength(32)
  model.tunnels.push(created)
}

export async function update({ subject, model }: Stage, operation: OperationOf<'update'>): Promise<void> {
  const { name, tunnel_secret } = operation
  const tunnel = tunnelFor(model, operation.tunnel)
  const response = await subject.api('PATCH', `/${idOf(tunnel)}`, { name, tunnel_secret })
  if (!tunnel || tunnel.deleted !== null) return expectRefusal(response, 404, 1002)
  if (tunnel_secret === '') return expectRefusal(response, 400, 1030)
  const owner = ownerOfName(model, name ?? tunnel.name)
  if (owner && owner !== tunnel) return expectRefusal(response, 409, 1013)

  Object.assign(tunnel, { name: name ?? tunnel.name, secret: tunnel_secret ?? tunnel.secret })
  expectResult(response, {
    ...presented(tunnel, model.now),
    token: tokenOf(tunnel),
    connections: connections(tunnel, model),
  })
}

/** The connections of a response, with the properties that the model knows. */
function connections(tunnel: Tunnel, { now }: Model) {
  return tunnel.connectors.flatMap(({ id, ...connector }) =>
    trackedOf({ id, ...connector }, now).map(connection =>
      expect.objectContaining({
        client_id: id,
        opened_at: stampOf(connection.opened),
        is_pending_reconnect: !isLive(connection),
      }),
    ),
  )
}

export async function remove({ subject, model }: Stage, operation: OperationOf<'delete'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const response = await subject.api('DELETE', `/${idOf(tunnel)}${operation.cascade ? '?cascade=true' : ''}`)
  if (!tunnel) return expectRefusal(response, 404, 1002)
  if (tunnel.deleted === null) {
    const tracked = allTracked(tunnel, model.now)
    if (tracked.length > 0 && !operation.cascade) return expectRefusal(response, 400, 1022)
    close(tracked, model.now)
    applyConsequences(tunnel, model.now)
    tunnel.deleted = model.now
  }
  expectResult(response, { ...presented(tunnel, model.now), connections: [] })
}

export async function get({ subject, model }: Stage, operation: OperationOf<'get'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const response = await subject.api('GET', `/${idOf(tunnel)}`)
  if (!tunnel) return expectRefusal(response, 404, 1002)
  expectResult(response, presented(tunnel, model.now))
}

export async function list({ subject, model }: Stage, { query }: OperationOf<'list'>): Promise<void> {
  const { prefix, alias, uuid, existed_at, was_active_at, was_inactive_at, ...plain } = query
  const filters: ListQuery = {
    ...plain,
    uuid: uuid === undefined ? undefined : idOf(tunnelFor(model, uuid)),
    [alias ? 'name_prefix' : 'include_prefix']: prefix,
    existed_at: existed_at && instantOf(model, existed_at),
    was_active_at: was_active_at && instantOf(model, was_active_at),
    was_inactive_at: was_inactive_at && instantOf(model, was_inactive_at),
  }
  const parameters = Object.entries(filters).filter(([, value]) => value !== undefined)
  const texts = parameters.map(([key, value]): [string, string] => [
    key,
    key.endsWith('_at') ? stampOf(Number(value)) : String(value),
  ])
  const { status, result, result_info } = await subject.api('GET', `?${new URLSearchParams(texts)}`)

  expect({ status, result, result_info }).toEqual({ status: 200, ...listResponse(model, filters) })
  const tunnels = result as ApiTunnel[]
  for (const tunnel of tunnels) expect(tunnel).not.toHaveProperty('connections')
}

function instantOf({ tunnels, now }: Model, { nth, offset }: { nth: number; offset: number }): number {
  const times = tunnels.flatMap(({ created, deleted, connectors }) => [
    created,
    deleted,
    ...connectors.flatMap(({ connections: all }) => all.flatMap(({ opened, lost, closed }) => [opened, lost, closed])),
  ])
  const known = [now, ...times.filter(time => time !== null)]
  return (known[nth % known.length] ?? now) + offset
}

export async function listConnections(
  { subject, model }: Stage,
  operation: OperationOf<'list connections'>,
): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const response = await subject.api('GET', `/${idOf(tunnel)}/connections`)
  if (!tunnel) return expectRefusal(response, 404, 1002)

  const running = tunnel.connectors.filter(connector => trackedOf(connector, model.now).length > 0)
  expect(response.status).toBe(200)
  expect((response.result as Client[]).map(({ id }) => id)).toEqual(running.map(({ id }) => id))
  expect((response.result as Client[]).flatMap(({ conns }) => conns)).toEqual(connections(tunnel, model))
}

export async function getConnector({ subject, model }: Stage, operation: OperationOf<'get connector'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const connector = connectorFor(tunnel, operation.connector)
  const response = await subject.api('GET', `/${idOf(tunnel)}/connectors/${idOf(connector)}`)
  if (!tunnel || !connector) return expectRefusal(response, 404, 1002)

  const client = response.result as Client
  expect(client).toMatchObject({ id: connector.id, ha_status: null })
  expect(client.config_version ?? null).toBe(connector.took || null)
  expect(client.conns).toEqual(connections({ ...tunnel, connectors: [connector] }, model))
}

export async function cleanUp({ subject, model }: Stage, operation: OperationOf<'clean up'>): Promise<void> {
  const tunnel = tunnelFor(model, operation.tunnel)
  const chosen = operation.connector === undefined ? undefined : connectorFor(tunnel, operation.connector)
  const query = operation.connector === undefined ? '' : `?client_id=${idOf(chosen)}`
  const response = await subject.api('DELETE', `/${idOf(tunnel)}/connections${query}`)
  if (!tunnel) return expectRefusal(response, 404, 1002)

  expectResult(response, null)
  const affected = tunnel.connectors.filter(connector => operation.connector === undefined || connector === chosen)
  for (const connector of affected) dropConnections(model, tunnel, connector)
  applyConsequences(tunnel, model.now)
}
