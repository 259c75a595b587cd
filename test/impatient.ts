import { onTestFinished } from 'vitest'
import { createApp } from '../src/app.ts'
import { behaviourOf } from '../src/domain/behaviour.ts'
import { DEFAULTS } from '../src/options.ts'
import { openStore } from '../src/store/store.ts'
import type { KnownOperation } from '../src/world/fault-rules.ts'
import { createWorlds } from '../src/worlds.ts'

/** A server on a real port that gives a request no more than a moment to arrive. */
export const startImpatient = async () => {
  const operations: KnownOperation[] = []
  const settings = { ...DEFAULTS, behaviour: behaviourOf('latest'), frozen_at: undefined, operations }
  const worlds = createWorlds(openStore(':memory:'), [], settings, DEFAULTS)
  const app = createApp({ ...DEFAULTS, worlds, operations, logger: false, request_timeout_ms: 100 })
  onTestFinished(async () => {
    await app.close()
    worlds.close()
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { port: Number(new URL(url).port), worlds }
}
