import type { FastifyRequest } from 'fastify'
import { TunnelPath } from '../../../schemas/identifiers.ts'
import {
  type ManagementResource,
  ManagementResourcePath,
  ManagementTokenCreate,
  TokenText,
} from '../../../schemas/token.ts'
import { ok } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { type App, responseModels } from '../../gateway/route.ts'
import { TUNNEL_ERRORS } from '../tunnels/errors.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'
import { TUNNEL_WRITE } from '../tunnels/permissions.ts'
import { requireLive, requireTunnel } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { TOKEN_ERRORS } from './errors.ts'
import { managementClaims, requireToken, tunnelToken } from './rules.ts'

const MANAGEMENT = '/accounts/:account_id/cfd_tunnel/:tunnel_id/management'
const tags = ['Tokens']

export function tokenRoutes(app: App): void {
  app.get(
    '/accounts/:account_id/cfd_tunnel/:tunnel_id/token',
    {
      // A read that needs a write permission (documented: tunnel_token_permission).
      config: { permission: TUNNEL_WRITE, errors: [TOKEN_ERRORS.token_not_found] },
      schema: {
        operationId: OPERATIONS.get_token,
        summary: 'Get the token of a tunnel',
        description: 'Returns a string for `cloudflared tunnel run --token`. It changes with the secret.',
        tags,
        params: TunnelPath,
        response: responseModels(TokenText),
      },
    },
    request => {
      const { world, moment, params } = request
      const found = findTunnel(world.db, params.account_id, params.tunnel_id, moment)

      // Local tunnels have a token, too (documented: tunnel_token_of_local).
      const tunnel = requireToken(found)
      if (tunnel.config_src === 'local') noteBehaviour(request, 'tunnel_token_of_local')
      return ok(tunnelToken(tunnel))
    },
  )

  app.post(
    MANAGEMENT,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_not_found, TUNNEL_ERRORS.tunnel_deleted] },
      schema: {
        operationId: OPERATIONS.create_management_token,
        summary: 'Get a management token for a tunnel',
        description: 'Returns a JWT, valid for an hour and signed with ES256, for the resources in the body.',
        tags,
        params: TunnelPath,
        body: ManagementTokenCreate,
        response: responseModels(TokenText),
      },
    },
    async request => ok(await managementToken(request, request.params, request.body.resources)),
  )

  app.post(
    `${MANAGEMENT}/:resource`,
    {
      config: { permission: TUNNEL_WRITE, errors: [TUNNEL_ERRORS.tunnel_not_found, TUNNEL_ERRORS.tunnel_deleted] },
      schema: {
        operationId: OPERATIONS.create_management_token_for_resource,
        summary: 'Get a management token for one resource of a tunnel',
        description: 'Takes no body. cloudflared uses this form since 2026.2; no published description has it.',
        tags,
        params: ManagementResourcePath,
        response: responseModels(TokenText),
      },
    },
    async request => ok(await managementToken(request, request.params, [request.params.resource])),
  )
}

/**
 * A local tunnel has a management token, too (documented: management_of_local), a deleted one has
 * none (assumed: management_of_deleted). The actor is the caller's e-mail address, or a random UUID
 * if the request has none (assumed: management_actor).
 */
function managementToken(
  request: FastifyRequest,
  path: TunnelPath | ManagementResourcePath,
  resources: readonly ManagementResource[],
): Promise<string> {
  const { world, moment, headers } = request
  const tunnel = requireLive(requireTunnel(findTunnel(world.db, path.account_id, path.tunnel_id, moment)))

  const email = headers['x-auth-email']
  const hasEmail = typeof email === 'string' && email !== ''
  const actor = hasEmail ? email : world.ids.uuid()
  if (resources.includes('logs')) noteBehaviour(request, 'management_ping')
  if (tunnel.config_src === 'local') noteBehaviour(request, 'management_of_local')
  if (!hasEmail) noteBehaviour(request, 'management_actor')
  return world.signer.sign(managementClaims(tunnel, resources, actor, moment.now))
}
