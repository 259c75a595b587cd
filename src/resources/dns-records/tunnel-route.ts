/** `cloudflared tunnel route dns`: a proxied CNAME record for a tunnel, by an operation of its own. */
import type { StoredRecord } from '../../../schemas/dns-record.ts'
import { type TunnelRoute as Route, TunnelRoute, TunnelRouteResult } from '../../../schemas/dns-record-changes.ts'
import { TunnelId, ZoneId } from '../../../schemas/identifiers.ts'
import { Type } from '../../../schemas/typebox.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import { ApiError, throwApiError } from '../../gateway/api-error.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, responseModels } from '../../gateway/route.ts'
import { ZONE_ERRORS } from '../zones/errors.ts'
import { requireZone } from '../zones/require-zone.ts'
import { addRecord, carryOut, removeRecord, type Work } from './changes.ts'
import { HOST_EXISTS } from './conflict-errors.ts'
import { appendZone } from './names.ts'
import { RECORD_OPERATIONS } from './operation-ids.ts'
import { DNS_WRITE } from './permissions.ts'
import { recordsNamed } from './store.ts'
import { tunnelTarget } from './tunnel-link.ts'
import { ROUTE_ERRORS } from './tunnel-route-errors.ts'

const TunnelRoutePath = Type.Object({ zone_id: ZoneId, tunnel_id: TunnelId })

export function tunnelRouteRoute(app: App): void {
  app.put(
    '/zones/:zone_id/tunnels/:tunnel_id/routes',
    {
      config: { permission: DNS_WRITE, errors: [ZONE_ERRORS.zone_unknown, ...Object.values(ROUTE_ERRORS)] },
      schema: {
        operationId: RECORD_OPERATIONS.route_tunnel,
        summary: 'Route a hostname to a tunnel',
        description: 'Creates a proxied CNAME record for the tunnel, as `cloudflared tunnel route dns` does.',
        tags: ['DNS records'],
        params: TunnelRoutePath,
        body: TunnelRoute,
        response: responseModels(TunnelRouteResult),
      },
    },
    request => {
      if (request.body.type !== 'dns') throwApiError(ROUTE_ERRORS.dns_route_type)
      const zone = requireZone(request)
      // The tunnel itself is not looked up (assumed: dns_route_tunnel_unchecked).
      const target = tunnelTarget(request.params.tunnel_id)
      const context = { world: request.world, zone, now: request.moment.now }
      return ok(carryOut(context, work => routeHostname(work, request.body, target)))
    },
  )
}

/**
 * `new`, also for a record that was overwritten (client: dns_route_result), or `unchanged`. Names are
 * compared as they were sent, so one in upper case never meets its own record
 * (recorded: dns_route_case).
 */
function routeHostname(work: Work, { user_hostname = '', overwrite_existing = false }: Route, target: string) {
  const name = appendZone(user_hostname, work.zone.name)
  const same = recordsNamed(work.world.db, work.zone.id, name).filter(isOfHost)
  if (same.some(({ type, content, proxied }) => type === 'CNAME' && content === target && proxied))
    return { cname: 'unchanged', name }

  // Only for full names (recorded: dns_route_overwrite).
  if (overwrite_existing && name === user_hostname) for (const { id } of same) removeRecord(work, id)
  const record = { type: 'CNAME', name, content: target, proxied: true } as const
  try {
    return { cname: 'new', name: addRecord(work, record).name }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return refuse(name, error, work.world.changes)
  }
}

function isOfHost({ type }: StoredRecord): boolean {
  return ['A', 'AAAA', 'CNAME'].includes(type)
}

/** The text changed twice (recorded: dns_route_refused_2021). */
function refuse(name: string, { message, key }: ApiError, changes: DatedChanges): never {
  if (changes.dns_route_refusal_2025) throwApiError(ROUTE_ERRORS.dns_route_refused, `${name} with err ${message}`)
  const isTaken = key.startsWith('dns_host_exists')
  if (isTaken && !changes.dns_route_refusal_2022) throwApiError(ROUTE_ERRORS.dns_route_refused_2021)
  return throwApiError(ROUTE_ERRORS.dns_route_refused_2022, isTaken ? HOST_EXISTS : message)
}
