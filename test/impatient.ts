import { onTestFinished } from 'vitest'
import { createApp } from '../src/app.ts'
import type { DeclaredOperation } from '../src/domain/evidence/coverage.ts'
import { DEFAULTS } from '../src/options.ts'
import { openStore } from '../src/store/store.ts'
import { createWorlds } from '../src/worlds.ts'
import { worldSettings } from './world-settings.ts'

/** A server on a real port that gives a request no more than a moment to arrive. */
export const startImpatient = async () => {
  const operations: DeclaredOperation[] = []
  const worlds = createWorlds(openStore(':memory:'), [], { ...worldSettings(), operations }, DEFAULTS)
  const app = createApp({ ...DEFAULTS, worlds, operations, logger: false, request_timeout_ms: 100 })
  onTestFinished(async () => {
    await app.close()
    worlds.close()
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { port: Number(new URL(url).port), worlds }
}
