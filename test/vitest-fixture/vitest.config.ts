/** A run within the run: it has a server of its own, which its tests share. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  cacheDir: '../../node_modules/.vite',
  test: { include: ['*.sample.ts'], globalSetup: './server.ts' },
})
