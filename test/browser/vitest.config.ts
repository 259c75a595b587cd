/** The suite with a real browser: `npm run test:browser`. It prints each test by name. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/browser/*.slow.ts'], reporters: ['verbose'], testTimeout: 60_000, hookTimeout: 300_000 },
})
