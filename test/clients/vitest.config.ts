/**
 * The suite with real clients: `npm run test:clients`. It prints each test and each skipped suite
 * by name.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/clients/*.slow.ts'],
    globalSetup: 'test/support/clients/install.ts',
    reporters: ['verbose'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
