/** The clients that nobody here wrote: `npm run test:clients`. Each test is told by name, and so is what was skipped. */
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
