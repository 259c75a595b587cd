/**
 * The checks of the edge with a real cloudflared: `npm run test:cloudflared`. They mostly wait for
 * cloudflared, so several run at once. The speed is measured afterwards, alone.
 */
import { defineConfig } from 'vitest/config'
import { TableReporter } from '../support/edge/table-reporter.ts'

const LIMITS = { testTimeout: 240_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    reporters: [new TableReporter()],
    maxWorkers: 3,
    projects: [
      {
        test: {
          ...LIMITS,
          name: 'checks',
          include: ['test/acceptance/*.slow.ts'],
          exclude: ['test/acceptance/speed.slow.ts'],
          maxConcurrency: 2,
          sequence: { concurrent: true, groupOrder: 0 },
        },
      },
      {
        test: { ...LIMITS, name: 'speed', include: ['test/acceptance/speed.slow.ts'], sequence: { groupOrder: 1 } },
      },
    ],
  },
})
