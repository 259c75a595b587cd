/** Accessibility, as axe-core finds it. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { evaluate } from './evaluate.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const RUN = `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })
  .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) =>
      id + ' at ' + target.join(' ') + ': ' + [...any, ...all, ...none][0]?.message)))`

/** Each violation in one line. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  if (!(await evaluate(page, `typeof axe === 'object'`))) await evaluate(page, `${axe.source}; true`)
  return (await evaluate(page, RUN)) as readonly string[]
}
