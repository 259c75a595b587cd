/** The suite with a real Prometheus: `npm run test:metrics`. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/metrics/*.slow.ts'], reporters: ['verbose'], testTimeout: 60_000, hookTimeout: 60_000 },
})
