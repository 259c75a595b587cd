import type { FastifyRequest } from 'fastify'
import { TunnelPath } from '../../../schemas/identifiers.ts'
import {
  type ManagementResource,
  ManagementResourcePath,
  ManagementTokenCreate,
  TokenText,
} from '../../../schemas/token.ts'
import { onManagement } from '../../evidence/attribution.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, answers } from '../../gateway/route.ts'
import { requireFound, requireLive } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { managementClaims } from './rules.ts'

const MANAGEMENT = '/accounts/:account_id/cfd_tunnel/:tunnel_id/management'
const tags = ['Tokens']

export function managementRoutes(app: App): void {
  app.post(
    MANAGEMENT,
    {
      config: { need: 'write', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token',
        summary: 'Get a management token for a tunnel',
        description: 'A JWT of an hour, signed with ES256, for the resources in the body.',
        tags,
        params: TunnelPath,
        body: ManagementTokenCreate,
        response: answers(TokenText),
      },
    },
    async request => ok(await managementToken(request, request.params, request.body.resources)),
  )

  app.post(
    `${MANAGEMENT}/:resource`,
    {
      config: { need: 'write', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-get-a-cloudflare-tunnel-management-token-for-resource',
        summary: 'Get a management token for one resource of a tunnel',
        description: 'The form that cloudflared uses since 2026.2, without a body. In no published description.',
        tags,
        params: ManagementResourcePath,
        response: answers(TokenText),
      },
    },
    async request => ok(await managementToken(request, request.params, [request.params.resource])),
  )
}

/** The actor is the caller's e-mail address where there is one, else a random UUID (assumed: management_actor). */
function managementToken(
  request: FastifyRequest,
  path: TunnelPath | ManagementResourcePath,
  resources: readonly ManagementResource[],
): Promise<string> {
  const { world, headers } = request
  const moment = world.moment()
  const tunnel = requireLive(requireFound(findTunnel(world.db, path.account_id, path.tunnel_id, moment)))

  const email = headers['x-auth-email']
  const isNamed = typeof email === 'string' && email !== ''
  const actor = isNamed ? email : world.ids.uuid()
  request.leaning = onManagement(resources, 'resource' in path, isNamed)
  return world.signer.sign(managementClaims(tunnel, resources, actor, moment.now))
}
