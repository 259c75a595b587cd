import { defineConfig } from 'vitest/config'

export default defineConfig({
  // No test leaves anything behind in its process, so files may share one: half the time.
  test: {
    include: ['test/**/*.test.ts'],
    isolate: false,
    // Some start processes, and a machine may be busy.
    testTimeout: 30_000,
  },
})
