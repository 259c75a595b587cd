import { onTestFinished } from 'vitest'
import { DEFAULTS } from '../../src/config/options.ts'
import { serviceFor } from '../../src/emulator/shared-app.ts'
import { openDoor } from '../../src/http/listener.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { siteOf } from './context.ts'
import { EXTENSIONS, worldSettings } from './world-settings.ts'

/** A server on a real port that gives a request no more than a moment to arrive. */
export async function startImpatient() {
  const service = await serviceFor({ ...DEFAULTS, log: 'off' })
  const { catalogue } = service
  const worlds = createWorlds(
    openDatabase(':memory:', PRODUCTS.data.schema),
    [],
    { ...worldSettings(), catalogue },
    DEFAULTS,
    EXTENSIONS,
  )
  const site = siteOf(worlds)
  const door = await openDoor(site, service.at(site), { host: '127.0.0.1', port: 0, request_timeout_ms: 100 })
  onTestFinished(async () => {
    await door.close()
    worlds.close()
  })
  return { port: Number(new URL(door.url).port), worlds, close: door.close }
}
