/** What the console's ⌘K finds. */
import { expect, it } from 'vitest'
import { found, type Target } from '../../console/data/jump-targets.ts'

const TARGETS: readonly Target[] = [
  { kind: 'Hostname', name: 'api.shop.example', detail: 'shop-api', run: '#/1' },
  { kind: 'Tunnel', name: 'shop-api', run: '#/2' },
  { kind: 'Tunnel', name: 'shop-web', words: 'a1b2', run: '#/3' },
  { kind: 'Page', name: 'Requests', run: '#/4' },
]

function namesFor(text: string): readonly string[] {
  return found(TARGETS, text).map(({ name }) => name)
}

it('a search puts names that start with the text before names that hold it', () => {
  expect(namesFor('shop')).toEqual(['shop-api', 'shop-web', 'api.shop.example'])
})

it('a search finds each word anywhere, also in other words of a target', () => {
  expect(namesFor('web a1')).toEqual(['shop-web'])
})

it('a search with a word that nothing has finds nothing', () => {
  expect(namesFor('shop nowhere')).toEqual([])
})

it('an empty search shows every target', () => {
  expect(namesFor('')).toHaveLength(4)
})
