import { defineConfig } from 'vitest/config'
import { EDGE_PRODUCTS } from './src/edge/products.ts'
import type { BehaviourId } from './src/resources/products.ts'

export default defineConfig({
  // No test leaves anything behind in its process, so files may share one: half the time.
  test: {
    include: ['test/**/*.test.ts'],
    isolate: false,
    // Some start processes, and a machine may be busy.
    testTimeout: 30_000,
    // A test carries the ids of the behaviours that it shows.
    tags: [...EDGE_PRODUCTS.catalogueOf([]).behaviours].map(([name, { statement }]) => ({
      name: name as BehaviourId,
      description: statement,
    })),
  },
})
