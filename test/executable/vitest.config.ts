/** The slow suite of the single executable: `npm run test:executable`. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/executable/*.slow.ts'], testTimeout: 60_000 },
})
