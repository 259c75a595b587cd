import { isObject } from '../../schemas/is-object.ts'
import { normalised } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { TSchema } from '../../schemas/typebox.ts'

/** The times in a valid state; ages are none. */
export function* statedTimes(
  { format, anyOf = [], items, properties = {} }: TSchema,
  value: unknown,
): Generator<Timestamp> {
  if (typeof value === 'string') {
    if (format === 'moment' && !value.startsWith('-')) yield normalised(value)
    for (const variant of anyOf) yield* statedTimes(variant, value)
  } else if (Array.isArray(value)) {
    if (items) for (const item of value) yield* statedTimes(items, item)
  } else if (isObject(value)) {
    for (const [key, property] of Object.entries<TSchema>(properties)) yield* statedTimes(property, value[key])
  }
}
