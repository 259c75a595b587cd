/** A run within the run. Its tests share one server. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  cacheDir: '../../node_modules/.vite',
  test: { include: ['*.sample.ts'], globalSetup: './server.ts' },
})
