/** Random values that fit a model, exactly or almost. */
import fc from 'fast-check'
import type { TSchema } from '../../../schemas/typebox.ts'
import { SERVICES } from './operations.ts'

const INSTANT = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map(date => date.toISOString())

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  'date-time': INSTANT,
  'url-encoded-date-time': fc.oneof(INSTANT, INSTANT.map(encodeURIComponent)),
  moment: fc.oneof(INSTANT, fc.stringMatching(/^-\d{1,3}(ms|s|m|h|d)$/)),
}

/** Values by key, for keys where random text would rarely be valid. */
const KEYS: Record<string, fc.Arbitrary<unknown>> = {
  service: fc.oneof(fc.constantFrom(...SERVICES, 'unix:/run/x', 'tcp://h:22', 'bastion', 'socks-proxy'), fc.string()),
  hostname: fc.oneof(fc.constantFrom('a.example.com', '*.example.com', '*', 'a:80', 'ä.example'), fc.string()),
  path: fc.oneof(fc.constantFrom('^/a', '\\.(jpg|png)$', '(', '/*'), fc.string()),
  name: fc.oneof(fc.constantFrom('a', 'b', 'a\0', "'; --", '__proto__', '\u{1F600}'), fc.string({ minLength: 1 })),
  tunnel_secret: fc.uint8Array({ minLength: 30, maxLength: 40 }).map(bytes => Buffer.from(bytes).toString('base64')),
}

function textFor({ format, pattern, minLength = 0 }: TSchema): fc.Arbitrary<string> {
  if (format) return FORMATS[format] ?? fc.string()
  return pattern ? fc.stringMatching(new RegExp(pattern)) : fc.string({ minLength })
}

function objectFor({ properties = {}, required = [], additionalProperties }: TSchema): fc.Arbitrary<object> {
  const declared = Object.entries<TSchema>(properties).map(([key, schema]) => [key, KEYS[key] ?? fitting(schema)])
  const known = fc.record(Object.fromEntries(declared), { requiredKeys: required })
  if (additionalProperties !== true) return known
  return fc.tuple(known, fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 })).map(merged)
}

function merged([known, others]: [object, object]): object {
  return { ...others, ...known }
}

/** A value for a model. A missing key is never `undefined`. */
export function fitting(schema: TSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.type === 'object') return objectFor(schema)
  if (schema.type === 'array') return fc.array(fitting(schema.items), { minLength: schema.minItems ?? 0, maxLength: 3 })
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 1_000 })
  if (schema.type === 'number') return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1, noNaN: true })
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  return schema.type === 'string' ? textFor(schema) : fc.jsonValue({ maxDepth: 2 })
}

interface Mutation {
  readonly where: readonly number[]
  readonly replacement: unknown
  readonly key: string | undefined
}

const ODD_KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'length', '', 'id', '$schema']

const mutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.array(fc.nat(9), { maxLength: 5 }),
  replacement: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(null, 0, -1, 1e308, 2 ** 53, '', ' ', '\0', {}, [], [[]], '2026-02-30T00:00:00Z'),
  ),
  key: fc.option(fc.constantFrom(...ODD_KEYS), { nil: undefined }),
})

/** Changes a value or adds a key at a path. It sets keys as JSON does, including `__proto__`. */
function mutate(value: unknown, { where: [step, ...rest], replacement, key }: Mutation): unknown {
  if (typeof value !== 'object' || value === null) return replacement
  const entries = Object.entries(value)
  const nth = step === undefined || entries.length === 0 ? undefined : step % entries.length
  const changed =
    nth === undefined
      ? [...entries, [key ?? 'x', replacement] as const]
      : entries.map(([name, item], index) => [
          name,
          index === nth ? mutate(item, { where: rest, replacement, key }) : item,
        ])
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed)
}

/** A value that fits a model, with up to two random changes. */
export function nearly(schema: TSchema): fc.Arbitrary<unknown> {
  return fc
    .tuple(fitting(schema), fc.array(mutation, { maxLength: 2 }))
    .map(([value, mutations]) => mutations.reduce(mutate, value))
}
