/** The colours of the console: read easily, and told apart by everybody. */
import { describe, expect, it } from 'vitest'
import { contrast, distance, readTokens } from '../support/console/colours.ts'

const TOKENS = readTokens('console/style/tokens.css')
const STATES = ['healthy', 'degraded', 'down', 'inactive']
const BACKGROUNDS = ['page', 'surface', 'tint']

/** WCAG 2.2: 4.5 for text, 3 for the edges of controls. */
const TEXT = ['ink', 'ink2', 'accent', ...STATES]

function pairsOf(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((one, index) => names.slice(index + 1).map(other => [one, other] as const))
}

describe.each([
  ['light', 7],
  ['dark', 12],
] as const)('the %s theme', (theme, leastDistance) => {
  const colour = (name: string): string => {
    const value = TOKENS[theme].get(name)
    if (value === undefined) throw new Error(`no --${name} in tokens.css`)
    return value
  }

  it.each(TEXT.flatMap(text => BACKGROUNDS.map(background => [text, background])))(
    '%s on %s has a contrast of at least 4.5',
    (text, background) => {
      expect(contrast(colour(text), colour(background))).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(['page', 'surface'])('the edge of a control on %s has a contrast of at least 3', background => {
    expect(contrast(colour('edge'), colour(background))).toBeGreaterThanOrEqual(3)
  })

  it.each(pairsOf(STATES))(`%s and %s are at least ${leastDistance} apart for any sight`, (one, other) => {
    expect(distance(colour(one), colour(other))).toBeGreaterThanOrEqual(leastDistance)
  })
})
