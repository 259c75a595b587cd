/** Two versions of a configuration as lines side by side. */
import { describe, expect, it } from 'vitest'
import { differingPart, folded, linesOf } from '../../console/pages/tunnel/differing-lines.ts'
import { differences } from '../../src/control/json-diff.ts'

function compare(before: unknown, after: unknown) {
  return linesOf(before, after, differences(before, after))
}

/** Such as `~ "a": 1 | "a": 2`. */
function inShort(before: unknown, after: unknown): readonly string[] {
  const signs = { same: ' ', changed: '~', added: '+', removed: '-' }
  return compare(before, after).map(line => `${signs[line.mark]} ${line.before ?? ''} | ${line.after ?? ''}`)
}

describe('two versions side by side', () => {
  it('have equal lines in both columns, and each change in one line', () => {
    expect(inShort({ a: 1, b: [1, 2] }, { a: 2, b: [1, 2] })).toEqual([
      '  { | {',
      '~   "a": 1, |   "a": 2,',
      '    "b": [ |   "b": [',
      '      1, |     1,',
      '      2 |     2',
      '    ] |   ]',
      '  } | }',
    ])
  })

  it('leave a side empty where it has no such field', () => {
    expect(inShort({ a: 1 }, { a: 1, b: { c: 2 } })).toEqual([
      '  { | {',
      '    "a": 1 |   "a": 1,',
      '+  |   "b": {',
      '+  |     "c": 2',
      '+  |   }',
      '  } | }',
    ])
    expect(inShort({ a: 1, b: 2 }, { a: 1 })).toContain('-   "b": 2 | ')
  })

  it('show a value that became a list as a change of all its lines', () => {
    expect(inShort({ a: 1 }, { a: [1] })).toEqual([
      '  { | {',
      '~   "a": 1 |   "a": [',
      '~  |     1',
      '~  |   ]',
      '  } | }',
    ])
  })

  it.each([
    ['list', { ingress: [{ service: 'a' }] }, { ingress: [{ service: 'b' }] }],
    ['key with a dot', { 'a.b': 1 }, { 'a.b': 2 }],
    ['key with brackets', { 'a[0]': 1 }, { 'a[0]': 2 }],
    ['empty key', { '': 1 }, { '': 2 }],
  ])('mark what the server says of a %s', (_what, before, after) => {
    expect(compare(before, after).filter(({ mark }) => mark === 'changed')).toHaveLength(1)
  })

  it('read as the JSON of each version', () => {
    const before = { ingress: [{ hostname: 'a', service: 'b' }, { service: 'c' }], 'warp-routing': { enabled: false } }
    const after = { ingress: [{ service: 'c', originRequest: { noTLSVerify: true } }], extra: null }
    const lines = compare(before, after)
    expect(JSON.parse(lines.map(line => line.before ?? '').join('\n'))).toEqual(before)
    expect(JSON.parse(lines.map(line => line.after ?? '').join('\n'))).toEqual(after)
  })
})

describe('equal lines', () => {
  const before = Array.from({ length: 20 }, (_, nth) => nth)

  it('are folded unless they are near a change', () => {
    const folds = folded(compare(before, before.with(10, 99)))
    expect(folds.map(({ from, lines, isHidden }) => [from, lines.length, isHidden])).toEqual([
      [0, 8, true],
      [8, 7, false],
      [15, 7, true],
    ])
  })

  it('stay visible where only two would be hidden', () => {
    const near = before.slice(0, 6)
    expect(folded(compare(near, near.with(4, 99))).every(({ isHidden }) => !isHidden)).toBe(true)
  })
})

describe('the differing part of a text', () => {
  it.each([
    ['"http://web.shop:80"', '"http://web-v2.shop:80"', '', '-v2'],
    ['"http://web.shop"', '"http://assets.shop"', 'web', 'assets'],
    ['"timeout": 10,', '"timeout": 20,', '10', '20'],
    ['a.example', 'b.a.example', '', 'b.'],
  ])('of %s and %s is in whole words', (one, other, ofOne, ofOther) => {
    expect(one.slice(...differingPart(one, other))).toBe(ofOne)
    expect(other.slice(...differingPart(other, one))).toBe(ofOther)
  })
})
