import type { InjectOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import { DEFAULTS } from '../../src/config/options.ts'
import { createApp } from '../../src/emulator/app.ts'
import { injectInto } from '../../src/emulator/inject.ts'
import { createService } from '../../src/emulator/shared-app.ts'
import { openStore } from '../../src/store/store.ts'
import type { World } from '../../src/world/world.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { siteOf } from './context.ts'
import { worldSettings } from './world-settings.ts'

/** A server whose store answers `find` as told, for what must never happen; with what it logs. */
export function startBroken(find: World['store']['tunnels']['find'], checkResponses = true, level = 'error') {
  const lines: string[] = []
  const worlds = createWorlds(openStore(':memory:'), [], worldSettings(), DEFAULTS)
  onTestFinished(() => worlds.close())

  const world = worlds.main()
  const broken = { ...world, store: { ...world.store, tunnels: { ...world.store.tunnels, find } } }
  const site = siteOf({ ...worlds, main: () => broken, find: () => broken })
  const service = createService(
    createApp({
      logger: { level, stream: { write: (line: string) => lines.push(line) } },
      operations: [],
      inject_faults: true,
      check_responses: checkResponses,
      control: 'beside',
    }),
  )
  return {
    lines,
    inject: async (request: InjectOptions) => injectInto((await service).at(site), site.closing)(request),
  }
}
