/** The slow suite of the package: `npm run test:package`. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/package/*.slow.ts'], testTimeout: 120_000, hookTimeout: 300_000 },
})
