import { describe, expect, it } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import { jsonProblemByItem, problemByItem } from '../../schemas/check-items.ts'
import { jsonProblem } from '../../schemas/json-limits.ts'
import { CLOSED, Type } from '../../schemas/typebox.ts'
import { runAtOnce } from '../../src/worlds/turns.ts'

const MODEL = Type.Object(
  {
    purpose: Type.Optional(Type.String()),
    tunnels: Type.Optional(Type.Array(Type.Object({ name: Type.String({ minLength: 1 }) }, CLOSED))),
    colos: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  },
  CLOSED,
)

const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)])

const VALUES: readonly unknown[] = [
  null,
  [],
  'text',
  {},
  { colour: 'red' },
  { purpose: 5 },
  { tunnels: {} },
  { tunnels: [] },
  { tunnels: [{ name: 'a' }, { name: 'b' }] },
  { tunnels: [{ name: 'a' }, { name: '' }, {}] },
  { tunnels: [{ name: 'a' }, { name: 'b', colour: 'red' }] },
  { tunnels: [{}], colour: 'red' },
  { tunnels: [null] },
  { colos: [] },
  { colos: ['fra01', 5] },
  { tunnels: [{ name: Number.POSITIVE_INFINITY }] },
  { tunnels: [{ name: '\ud800' }] },
  { '\ud800': [] },
  { purpose: Number.NaN, tunnels: [{ name: '\ud800' }] },
  { tunnels: deep(125) },
  { tunnels: deep(126) },
  { tunnels: deep(127) },
  { tunnels: deep(128) },
  deep(127),
  deep(128),
]

describe('a check by item', () => {
  it('finds the same problems as a check of the whole', () => {
    for (const value of VALUES) {
      expect(runAtOnce(problemByItem(MODEL, value))).toEqual(problemWith(MODEL, value))
      expect(runAtOnce(jsonProblemByItem(value, 128))).toEqual(jsonProblem(value, 128))
    }
  })

  it('yields after each item', () => {
    const value = { tunnels: Array(50).fill({ name: 'a' }) }

    expect([...problemByItem(MODEL, value)]).toHaveLength(50)
    expect([...jsonProblemByItem(value, 128)]).toHaveLength(50)
  })
})
