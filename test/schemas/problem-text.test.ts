/** Every text for people names the field and the value, and says what to use instead. */
import { describe, expect, it } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import { MODELS } from '../../schemas/control/models.ts'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATION_NAMES, OPERATIONS } from '../../schemas/control/operations.ts'
import { CLOSED, type TSchema, Type } from '../../schemas/typebox.ts'
import { OPTION_NAMES, type OptionName, spellingsOf } from '../../src/config/options.ts'
import { parseOption } from '../../src/config/parse-options.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const BAD_VALUES = [null, true, false, -1, 0.5, 1e9, '', 'x y', '5', 'x'.repeat(9_000), [], [1], {}, { zzz: 1 }]

/** What only a library would say. */
const LIBRARY_WORDS = /expected|union|variant|format|propert|invalid type|must be|schema|undefined|\[object|\bNaN\b/i

type Field = readonly [path: string, model: TSchema]

/** The fields of a model, and those inside of them. */
function fieldsOf(model: TSchema, path: string): Field[] {
  const inner = Object.entries<TSchema>(model.properties ?? {}).flatMap(([key, property]): Field[] => [
    [`${path}.${key}`, property],
    ...fieldsOf(property, `${path}.${key}`),
  ])
  const variants: TSchema[] = [...(model.anyOf ?? []), ...(model.items ? [model.items] : [])]
  return [...inner, ...variants.flatMap(variant => fieldsOf(variant, path))]
}

const inputs = OPERATION_NAMES.flatMap(name => {
  const { params, query, body }: Operation = OPERATIONS[name]
  return [params, query, body].flatMap(model => (model ? fieldsOf(MODELS[model], name) : []))
})
const fields = new Map([...inputs, ...fieldsOf(PRODUCTS.data.model, 'State')])

describe('the text for a bad value', () => {
  it.each([...fields])('of %s names the field, the value and what it can be', (path, model) => {
    const key = path.split('.').at(-1) ?? ''
    const problems = BAD_VALUES.flatMap(value => {
      const problem = problemWith(Type.Object({ [key]: model }), { [key]: value })
      return problem ? [{ value, ...problem }] : []
    })

    for (const { value, where, what } of problems) {
      expect(where.startsWith(key)).toBe(true)
      expect(what).not.toMatch(LIBRARY_WORDS)
      expect(what).toMatch(
        / (is|has) (not .|empty|missing: .|no unit; use .)|^needs exactly one of "|^unknown field "zzz"; (there are|did you mean) "/,
      )
      const isScalar = typeof value !== 'object' && value !== '' && String(value).length < 80
      const isSecret = /secret|token|key|credentials$/.test(key)
      if (isScalar && !isSecret) expect(what).toContain(JSON.stringify(value))
    }
  })

  it.each<[TSchema, unknown, string, string]>([
    [MODELS.ClockMove, { advance: '5 minutes' }, 'advance', '"5 minutes" is not a duration; use 90s, 5m or 1h30m'],
    [MODELS.ClockMove, { advance: 5_000 }, 'advance', '5000 has no unit; use 90s, 5m or 1h30m'],
    [MODELS.ClockMove, { advance: -1 }, 'advance', '-1 is not a duration; use 90s, 5m or 1h30m'],
    [MODELS.ClockMove, { set: 'tomorrow' }, 'set', '"tomorrow" is not a time; use 2026-11-01T12:00:00Z'],
    [MODELS.ClockMove, { freeze: 'x' }, 'freeze', '"x" is not true or a time; use 2026-11-01T12:00:00Z'],
    [MODELS.ClockMove, {}, '', 'needs exactly one of "freeze", "advance", "set" or "resume"'],
    [MODELS.ResetRequest, { to: 'x y' }, 'to', '"x y" is not "seed", "empty" or the name of a snapshot'],
    [
      MODELS.SnapshotAddress,
      {},
      '',
      '"name" is missing: a name of up to 64 letters, digits, dots, dashes and underscores; use before-migration',
    ],
    [MODELS.ResetRequest, { too: 'seed' }, '', 'unknown field "too"; did you mean "to"?'],
    [MODELS.FaultRequest, { effect: { html: 501 } }, 'effect.html', '501 is not a whole number from 502 to 504'],
    [
      MODELS.FaultRequest,
      { effect: { error: { status: 429 } } },
      'effect.error',
      '"code" is missing: a whole number from 1',
    ],
    [
      MODELS.State,
      { tunnels: [{ name: 'a' }] },
      'tunnels[0]',
      '"account_tag" is missing: an account id of 32 hex digits; use 699d98642c564d2e855e9661899b7252',
    ],
    [
      MODELS.State,
      { credentials: [{ permissions: [], accounts: [5] }] },
      'credentials[0].accounts[0]',
      '5 is not an account id of 32 hex digits; use 699d98642c564d2e855e9661899b7252',
    ],
    [
      MODELS.State,
      { credentials: [{ permissions: [], token: 12 }] },
      'credentials[0].token',
      'the value is not text or null',
    ],
    [Type.Object({ 'a/b~c': Type.Null() }, CLOSED), { 'a/b~c': 1 }, 'a/b~c', '1 is not null'],
  ])('of %# reads well', (model, value, where, what) => {
    expect(problemWith(model, value)).toEqual({ where, what })
  })
})

describe('every operation', () => {
  const withBody = OPERATION_NAMES.filter(name => 'body' in OPERATIONS[name] && name !== 'putState')

  it.each(withBody)('%s says where a field is unknown', async name => {
    const { control } = await startFrozen()
    const run = control[name] as (input: object) => Promise<unknown>

    await expect(run({ zzz: 1 })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^body(: unknown field "zzz"; there are "|: "\w+" is missing: )/),
    })
  })
})

describe('every option', () => {
  const rejects: Partial<Record<OptionName, string[]>> = {
    host: [''],
    db: [''],
    control_token: [''],
    tls_dir: [''],
    edge_dir: [''],
    tls_cert: [''],
    tls_key: [''],
    allow_origin: ['x y', 'null', '-1'],
  }

  it.each(OPTION_NAMES.filter(name => name !== 'seed'))('%s says what it can be', name => {
    for (const spelling of spellingsOf(name)) {
      for (const value of rejects[name] ?? ['', 'x y', '-1', '1e99', '0.5']) {
        const reject = () => parseOption(name, [value], spelling)
        expect(reject).toThrow(/ is (empty|not .|neither .)|has no unit; use ./)
        expect(reject).not.toThrow(LIBRARY_WORDS)
        if (value !== '') expect(reject).toThrow(value)
      }
    }
  })
})
