/** The suite with real balancers: `npm run test:fleet`. It prints each test and each skipped suite by name. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/fleet/*.slow.ts'],
    reporters: ['verbose'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two fleets at once would measure each other.
    fileParallelism: false,
  },
})
