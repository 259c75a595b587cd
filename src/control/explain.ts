import { ExplainRequest, Explanation } from '../../schemas/control/explain.ts'
import { action } from './action.ts'

export const explain = action(
  {
    method: 'POST',
    path: '/explain',
    summary: 'Say which tunnel, version and rule would serve a URL',
    body: ExplainRequest,
    result: Explanation,
  },
  async ({ world }, request) => (await import('./explanation.ts')).explanationOf(world, request),
)
