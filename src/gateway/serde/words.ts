/** The phrases of serde and Rust that its texts consist of. */
import type { TSchema } from '../../../schemas/typebox.ts'

export function unknownVariant(text: string, variants: readonly string[]): string {
  return `unknown variant \`${text}\`, expected ${oneOf(variants)}`
}

/** For a value that fits no variant of an enum without tags (assumed: struct_names). */
export function noVariant(schema: TSchema): string {
  return `data did not match any variant of untagged enum ${structName(schema)}`
}

function oneOf(variants: readonly string[]): string {
  const quoted = variants.map(variant => `\`${variant}\``)
  return quoted.length > 2 ? `one of ${quoted.join(', ')}` : quoted.join(' or ')
}

/** What a model limits in a text or a number. serde has no words for it (assumed: body_limits). */
const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum', 'pattern', 'format']

/** What a value of a Rust type must be, such as `a string (minLength 1)`. */
export function expectedWithin(schema: TSchema, type = expectedType(schema)): string {
  const limits = LIMITS.filter(key => key in schema).map(key => `${key} ${schema[key]}`)
  return `${type} (${limits.join(', ')})`
}

/** The type of a model in Rust. Which integer it is, nobody has seen (assumed: body_limits). */
export function expectedType(schema: TSchema): string {
  if (schema.type === 'object') return `struct ${structName(schema)}`
  if (schema.type === 'array') return 'a sequence'
  if (schema.type === 'integer') return schema.minimum >= 0 ? 'u64' : 'i64'
  return `a ${schema.type}`
}

/** `NewTunnel` for the body of a create (assumed: struct_names). */
function structName({ title = 'Value' }: TSchema): string {
  return title.replace(/^(.+)Create$/, 'New$1').replace(/^(.+)Update$/, 'Update$1')
}
