import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { Context } from './context.ts'
import { rulesOf } from './fault-request.ts'
import { requireEdge } from './find.ts'

export function getEdge(context: Context): Result<'getEdge'> {
  const { address, gateway_url, ca_path, countConnections, accepts } = requireEdge(context)
  const { id } = context.world
  return { address, gateway_url, ca_path, connections: countConnections(id), accepts: accepts(id) }
}

export function changeEdge(context: Context, { accepts }: Input<'changeEdge'>): Result<'changeEdge'> {
  requireEdge(context).setAccepts(context.world.id, accepts)
  return getEdge(context)
}

export function getEdgeCertificate(context: Context): Result<'getEdgeCertificate'> {
  return requireEdge(context).certificate
}

export function addEdgeFault(context: Context, request: Input<'addEdgeFault'>): Result<'addEdgeFault'> {
  const { faults } = requireEdge(context)
  return rulesOf(request, faults.presets).map(rule => faults.add(context.world.id, rule))
}

export function listEdgeFaults(context: Context): Result<'listEdgeFaults'> {
  return requireEdge(context).faults.list(context.world.id)
}

export function removeEdgeFault(context: Context, { id }: Input<'removeEdgeFault'>): Result<'removeEdgeFault'> {
  const removed = requireEdge(context).faults.remove(context.world.id, id)
  if (!removed) throw new ControlError('not_found', `there is no fault ${id} of the edge`)
  return removed
}

export function clearEdgeFaults(context: Context): Result<'clearEdgeFaults'> {
  return requireEdge(context).faults.clear(context.world.id)
}

export function listEdgeRequests(context: Context, filter: Input<'listEdgeRequests'>): Result<'listEdgeRequests'> {
  return requireEdge(context).requests.list(context.world.id, filter)
}

export function clearEdgeRequests(context: Context): Result<'clearEdgeRequests'> {
  return { cleared: requireEdge(context).requests.clear(context.world.id) }
}
