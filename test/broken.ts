import { onTestFinished } from 'vitest'
import { createApp } from '../src/app.ts'
import { DEFAULTS } from '../src/options.ts'
import { openStore } from '../src/store/store.ts'
import type { World } from '../src/world/world.ts'
import { createWorlds } from '../src/worlds.ts'
import { worldSettings } from './world-settings.ts'

/** An app whose store answers `find` as told, for what must never happen; with what it logs. */
export const startBroken = (find: World['store']['tunnels']['find'], checkResponses = true, level = 'error') => {
  const lines: string[] = []
  const worlds = createWorlds(openStore(':memory:'), [], worldSettings(), DEFAULTS)
  const world = worlds.main()
  const broken = { ...world, store: { ...world.store, tunnels: { ...world.store.tunnels, find } } }
  const app = createApp({
    ...DEFAULTS,
    worlds: { ...worlds, main: () => broken, find: () => broken },
    operations: [],
    check_responses: checkResponses,
    logger: { level, stream: { write: (line: string) => lines.push(line) } },
  })
  onTestFinished(async () => {
    await app.close()
    worlds.close()
  })
  return { app, lines }
}
