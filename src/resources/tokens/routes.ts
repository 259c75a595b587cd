import { TunnelPath } from '../../../schemas/identifiers.ts'
import { TokenText } from '../../../schemas/token.ts'
import { onGetToken } from '../../evidence/attribution.ts'
import { ok } from '../../gateway/envelope.ts'
import { type App, answers } from '../../gateway/route.ts'
import { requireFound, requireLive } from '../tunnels/rules.ts'
import { findTunnel } from '../tunnels/store.ts'
import { tunnelToken } from './rules.ts'

export function tokenRoutes(app: App): void {
  app.get(
    '/accounts/:account_id/cfd_tunnel/:tunnel_id/token',
    {
      // Although it only reads (documented: tunnel_token_permission).
      config: { need: 'write', refusals: ['tunnel_not_found'] },
      schema: {
        operationId: 'cloudflare-tunnel-get-a-cloudflare-tunnel-token',
        summary: 'Get the token of a tunnel',
        description: 'A bare string, for `cloudflared tunnel run --token`. It changes with the secret.',
        tags: ['Tokens'],
        params: TunnelPath,
        response: answers(TokenText),
      },
    },
    request => {
      const { world, params } = request
      const found = findTunnel(world.db, params.account_id, params.tunnel_id, world.moment())

      // Of a local tunnel, too (documented: tunnel_token_of_local).
      const tunnel = requireLive(requireFound(found))
      request.leaning = onGetToken(tunnel)
      return ok(tunnelToken(tunnel))
    },
  )
}
