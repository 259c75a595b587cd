import type { InjectOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import { createApp } from '../../src/emulator/app.ts'
import { injectInto } from '../../src/emulator/inject.ts'
import { shareApp } from '../../src/emulator/shared-app.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { rowOf, type TunnelWithConnectivity } from '../../src/resources/tunnels/row.ts'
import type { Database } from '../../src/store/database.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { contextFor } from './context.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from './world-settings.ts'

/**
 * Starts a server whose database returns the result of `find` for every row, as a tunnel that never
 * had a connection. `lines` are the lines of its log.
 */
export function startWithBrokenStore(
  find: () => TunnelWithConnectivity | undefined,
  checkResponses = true,
  level = 'error',
) {
  const lines: string[] = []
  const worlds = createWorlds(memoryStorage(), [], worldSettings(), WORLD_LIMITS, EXTENSIONS)
  onTestFinished(() => worlds.close())

  const world = worlds.main()
  const get: Database['get'] = <Row>() => {
    const tunnel = find()
    return tunnel && ({ ...rowOf(tunnel), fewest_live: -1, pending: 0 } as Row)
  }
  const broken = { ...world, db: { ...world.db, get } }
  const context = contextFor({ ...worlds, main: () => broken, find: () => broken })
  const app = shareApp(
    createApp({
      logger: { level, stream: { write: (line: string) => lines.push(line) } },
      operations: [],
      products: PRODUCTS,
      inject_faults: true,
      check_responses: checkResponses,
      control: 'here',
    }),
  )
  return {
    lines,
    inject: async (request: InjectOptions) => injectInto((await app).listenerFor(context), context.closing)(request),
  }
}
