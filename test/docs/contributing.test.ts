/** The map in CONTRIBUTING.md leads to files and names that exist. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const text = readFileSync('CONTRIBUTING.md', 'utf8')
const rows = text.split('\n').filter(line => /^\| (?!…|---)/.test(line))

const paths = rows
  .flatMap(row => [...row.matchAll(/`([\w./-]+)`/g)].map(([, path = '']) => path))
  .filter(path => /^(src|schemas|test|scripts|bench|fixtures|contrib|examples)\//.test(path))

/** Such as `` `statusOf`, `isLive` in `src/…/rules.ts` ``. */
const names = rows.flatMap(row =>
  [...row.matchAll(/((?:`\w+`(?:, )?)+) in `([\w./-]+\.ts)`/g)].flatMap(([, list = '', path = '']) =>
    [...list.matchAll(/`(\w+)`/g)].map(([, name = '']): [string, string] => [name, path]),
  ),
)

describe('the map in CONTRIBUTING.md', () => {
  it('covers the usual changes', () => {
    expect(rows.length).toBeGreaterThan(30)
    expect(names.length).toBeGreaterThan(30)
  })

  it.each([...new Set(paths)])('names %s, which exists', path => {
    expect(existsSync(path)).toBe(true)
  })

  it.each(names)('names %s, which is exported from %s', (name, path) => {
    const code = readFileSync(path, 'utf8')
    const declared = new RegExp(`^export (async )?(function|const|class|interface|type) ${name}\\b`, 'm')
    expect(code).toMatch(declared)
  })
})
