import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = join(import.meta.dirname, '../../console/style')

/** Files that style what every page has: pages may add to their classes. */
const SHARED = ['base', 'controls', 'parts', 'forms', 'json', 'tabs', 'picture', 'frame', 'narrow', 'overlays']

/** The page of a file, where a page has several. */
const PAGE_OF: Readonly<Record<string, string>> = { time: 'tunnels', 'tunnel-list': 'tunnels', verbs: 'tunnels' }

/** The classes with which the rules of a file begin. */
function classesIn(file: string): readonly string[] {
  const text = readFileSync(join(FOLDER, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const selectors = [...text.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => list.split(','))
  return selectors.flatMap(selector => /^\s*\.([\w-]+)/.exec(selector)?.[1] ?? [])
}

test('no two pages of the console style the same class, since their styles are loaded together', () => {
  const owners = new Map<string, Set<string>>()
  for (const file of readdirSync(FOLDER).filter(name => name.endsWith('.css'))) {
    const name = file.slice(0, -4)
    for (const one of classesIn(file)) owners.set(one, (owners.get(one) ?? new Set()).add(PAGE_OF[name] ?? name))
  }

  const shared = [...owners].filter(([, files]) => files.size > 1 && [...files].every(file => !SHARED.includes(file)))

  expect(shared.map(([name, files]) => `.${name}: ${[...files].join(', ')}`)).toEqual([])
})
