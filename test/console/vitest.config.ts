/** The console in a real browser: `npm run test:console`, which builds it first. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/console/*.slow.ts'],
    reporters: ['verbose'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // A busy machine is late now and then. The report names each test that ran twice.
    retry: 1,
  },
})
