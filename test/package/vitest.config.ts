/** The slow suite of the package: `npm run test:package`. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Packing builds `dist`, which two files must not do at once.
  test: { include: ['test/package/*.slow.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 300_000 },
})
