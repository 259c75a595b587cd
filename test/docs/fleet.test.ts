import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { blocks } from '../support/page-blocks.ts'

function linesOf(text: string): string[] {
  return text.split('\n').map(line => line.trim())
}

it('docs/fleet.md shows a part of examples/fleet/nginx.conf', () => {
  const [documented = ''] = blocks(readFileSync('docs/fleet.md', 'utf8'), 'nginx')
  const configuration = readFileSync('examples/fleet/nginx.conf', 'utf8')

  expect(linesOf(documented).length).toBeGreaterThan(10)
  expect(linesOf(configuration)).toEqual(expect.arrayContaining(linesOf(documented)))
})
