/**
 * The slow abuse suite: `npm run test:abuse`. It runs the property tests more often than `npm test`
 * does, with different values each time.
 */
import { env } from 'node:process'
import { defineConfig } from 'vitest/config'

const { MOCKFLARED_FC_TIMES = '8', MOCKFLARED_FC_SEED = 'random' } = env

export default defineConfig({
  test: {
    include: ['test/abuse/*.slow.ts', 'test/property/*.test.ts'],
    env: { MOCKFLARED_FC_TIMES, MOCKFLARED_FC_SEED },
    testTimeout: 300_000,
  },
})
