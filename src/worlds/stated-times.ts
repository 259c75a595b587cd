import { isObject } from '../../schemas/is-object.ts'
import { normalised } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { TSchema } from '../../schemas/typebox.ts'

/** The times in a valid state; ages are none. */
export function statedTimes({ format, anyOf = [], items, properties = {} }: TSchema, value: unknown): Timestamp[] {
  if (typeof value === 'string') {
    if (format === 'moment') return value.startsWith('-') ? [] : [normalised(value)]
    return anyOf.flatMap((variant: TSchema) => statedTimes(variant, value))
  }
  if (Array.isArray(value)) return items ? value.flatMap(item => statedTimes(items, item)) : []
  if (!isObject(value)) return []
  return Object.entries<TSchema>(properties).flatMap(([key, property]) => statedTimes(property, value[key]))
}
