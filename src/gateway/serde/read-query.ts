import { problemWith } from '../../../schemas/check.ts'
import { isObject } from '../../../schemas/is-object.ts'
import type { TSchema } from '../../../schemas/typebox.ts'
import { instantProblem } from './instant.ts'
import { SerdeError } from './source.ts'
import { unexpectedText } from './unexpected.ts'
import { readUuid } from './uuid.ts'
import { expectedWithin, unknownVariant } from './words.ts'

/**
 * Reads a query by its model and adds defaults. Throws a SerdeError for the first problem, with the
 * words of serde_urlencoded and of the Rust types that it reads (inferred: query_refused).
 * Undeclared parameters stay as they are.
 */
export function readQuery({ properties }: TSchema, parameters: unknown): unknown {
  const query: [string, unknown][] = []
  for (const [key, value] of Object.entries(isObject(parameters) ? parameters : {})) {
    const model = Object.hasOwn(properties, key) ? properties[key] : undefined
    if (!isAbsent(model, value)) query.push([key, model ? readParameter(model, key, value) : value])
  }
  return { ...defaultsOf(properties), ...Object.fromEntries(query) }
}

/** An empty boolean or list counts as absent (documented: query_empty_flag). */
function isAbsent(model: TSchema | undefined, value: unknown): boolean {
  return value === '' && (model?.type === 'boolean' || model?.type === 'array')
}

function defaultsOf(properties: Record<string, TSchema>): Record<string, unknown> {
  const models = Object.entries(properties).filter(([, model]) => model.default !== undefined)
  return Object.fromEntries(models.map(([key, model]) => [key, model.default]))
}

function readParameter(model: TSchema, key: string, value: unknown): unknown {
  if (model.type === 'array') return readList(model, value)
  if (typeof value !== 'string') return fail(`duplicate field \`${key}\``)
  if (model.type === 'integer') return readInteger(model, value)
  if (model.type === 'boolean') return readBoolean(value)
  return readText(model, value)
}

/** Commas separate the items, or the parameter is repeated (client: list_types). */
function readList({ items }: TSchema, value: unknown): unknown[] {
  return [value]
    .flat()
    .flatMap(part => String(part).split(','))
    .map(item => readText(items, item))
}

function readBoolean(text: string): boolean {
  if (text !== 'true' && text !== 'false') fail('provided string was not `true` or `false`')
  return text === 'true'
}

const U32_MAX = 2 ** 32 - 1

function readInteger(model: TSchema, text: string): number {
  if (text === '') fail('cannot parse integer from empty string')
  if (!/^\+?\d+$/.test(text)) fail('invalid digit found in string')

  const value = Number(text)
  if (value > U32_MAX) fail('number too large to fit in target type')
  if (problemWith(model, value)) fail(`invalid value: integer \`${value}\`, expected ${expectedWithin(model, 'u32')}`)
  return value
}

function readText(model: TSchema, text: string): string {
  if (model.enum && !model.enum.includes(text)) fail(unknownVariant(text, model.enum))
  if (model.format === 'uuid') return readUuid(text)
  if (!problemWith(model, text)) return text

  if (model.format?.endsWith('date-time')) fail(instantProblem(text))
  return fail(`invalid value: ${unexpectedText(text)}, expected ${expectedWithin(model)}`)
}

function fail(problem: string): never {
  throw new SerdeError(problem)
}
