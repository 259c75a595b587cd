import { refuseOtherPages } from '../gateway/cross-origin.ts'
import { sendFailure } from '../gateway/error-handler.ts'
import type { App } from '../gateway/route.ts'
import { acceptAnyBody } from '../gateway/validation.ts'

/**
 * Gives cloudflared a quick tunnel when it asks for one, with `--quick-service`
 * (client: edge_quick_tunnel).
 */
export function quickTunnels(app: App): void {
  acceptAnyBody(app)
  app.addHook('onRequest', refuseOtherPages)
  app.setErrorHandler(sendFailure)
  app.post('/tunnel', { constraints: { edge: 'on' } }, ({ emulator, world }) =>
    emulator.edge()?.createQuickTunnel(world.id),
  )
}
