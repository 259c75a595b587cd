import { expect, it } from 'vitest'
import { dashboardQueries } from '../support/dashboard.ts'
import { startWithMetrics } from '../support/metrics.ts'

it.each(dashboardQueries())('the panel "%s" asks for metrics that exist: %s', async (_title, query) => {
  const { get, exposition } = await startWithMetrics()
  await get('')
  const text = await exposition()
  const names = query.match(/\b(?:mockflared|process|nodejs)_\w+/g) ?? []

  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(text).toMatch(new RegExp(`^# TYPE ${name.replace(/_bucket$/, '')} `, 'm'))
})
