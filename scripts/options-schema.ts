import { DURATION_PATTERN } from '../schemas/duration.ts'
import { Options } from '../schemas/options.ts'
import { State } from '../schemas/state.ts'
import {
  defaultTextOf,
  isRepeatable,
  modelOf,
  OPTION_NAMES,
  type OptionName,
  spellingsOf,
  takesDuration,
} from '../src/config/options.ts'

/** A property for each spelling of these options; a repeatable one may be a single value. */
export function optionProperties(names: readonly OptionName[]): object {
  const properties = names.flatMap(name => {
    const { valueName, isSecret, notPaths, alias, negation, description, default: fallback, ...model } = modelOf(name)
    const value = isRepeatable(name) ? { anyOf: [model, model.items] } : model
    const duration = { description, default: defaultTextOf(name), type: 'string', pattern: DURATION_PATTERN }
    return spellingsOf(name).map(spelling => [
      spelling,
      takesDuration(name, spelling) ? duration : { description, default: fallback, ...value },
    ])
  })
  return JSON.parse(JSON.stringify(Object.fromEntries(properties), stateByReference))
}

/** The JSON Schema of the configuration file: every option may be left out. */
export function configFileSchema(): object {
  return {
    type: 'object',
    title: 'Options',
    description: 'The configuration file of mockflared.',
    additionalProperties: Options.additionalProperties,
    properties: { $schema: { type: 'string' }, ...optionProperties(OPTION_NAMES) },
  }
}

/** States have a schema file of their own, in the same folder. */
function stateByReference(_key: string, value: unknown): unknown {
  const isState = typeof value === 'object' && value !== null && 'title' in value && value.title === State.title
  return isState ? { $ref: 'state.schema.json' } : value
}
