/**
 * The suite with real programs that use the API for a purpose: `npm run test:programs`. It prints
 * each test and each skipped suite by name.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/programs/*.slow.ts'],
    globalSetup: 'test/support/clients/install.ts',
    reporters: ['verbose'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
