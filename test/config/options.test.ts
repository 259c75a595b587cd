import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import { Options } from '../../schemas/options.ts'
import { configFileSchema } from '../../scripts/options-schema.ts'
import { DEFAULTS, modelOf, OPTION_NAMES } from '../../src/config/options.ts'

describe('the schema of options', () => {
  it('accepts its own defaults', () => {
    expect(problemWith(Options, DEFAULTS)).toBeUndefined()
  })

  it.each(OPTION_NAMES)('describes %s', name => {
    const { description, valueName } = modelOf(name)

    expect(description).toMatch(/\S/)
    expect(valueName).toMatch(/^[A-Z]+$/)
  })
})

describe('fixtures/options.schema.json', () => {
  const { $schema, ...schema } = JSON.parse(readFileSync('fixtures/options.schema.json', 'utf8'))

  it('is up to date: run `npm run docs` after a change', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(configFileSchema())))
  })

  it('requires no option, accepts one seed without a list, and points to the schema of states', () => {
    const state = { $ref: 'state.schema.json' }
    const seed = { anyOf: [{ type: 'string' }, state] }

    expect(schema.required).toBeUndefined()
    expect(schema.properties.seed).toMatchObject({ anyOf: [{ type: 'array', items: seed }, seed] })
  })
})
