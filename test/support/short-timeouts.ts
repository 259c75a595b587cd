import { onTestFinished } from 'vitest'
import { DEFAULTS } from '../../src/config/options.ts'
import { sharedAppFor } from '../../src/emulator/shared-app.ts'
import { responseToMalformed } from '../../src/gateway/protocol-errors.ts'
import type { Credential } from '../../src/http/certificates.ts'
import { openListener } from '../../src/http/listener.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { contextFor } from './context.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from './world-settings.ts'

/** A server on a real port with very short timeouts; with a certificate, it speaks TLS. */
export async function startWithShortTimeouts(tls?: Credential) {
  const app = await sharedAppFor({ ...DEFAULTS, log: 'off' })
  const { catalogue } = app
  const worlds = createWorlds(memoryStorage(), [], { ...worldSettings(), catalogue }, WORLD_LIMITS, EXTENSIONS)
  const context = contextFor(worlds)
  const listener = await openListener(error => responseToMalformed(error, worlds.main()), app.listenerFor(context), {
    host: '127.0.0.1',
    port: 0,
    ...(tls && { tls }),
    request_timeout_ms: 100,
    send_timeout_ms: 100,
  })
  onTestFinished(async () => {
    await listener.close()
    worlds.close()
  })
  return { port: Number(new URL(listener.url).port), worlds, close: listener.close }
}
