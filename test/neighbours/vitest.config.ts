/** The noisy neighbour: `npm run test:neighbours`. One file at a time, because they measure. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/neighbours/*.slow.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
