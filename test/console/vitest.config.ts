/** The console in a real browser: `npm run test:console`, which builds it first. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/console/*.slow.ts'], reporters: ['verbose'], testTimeout: 120_000, hookTimeout: 300_000 },
})
