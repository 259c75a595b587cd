import { EVIDENCE, type Evidence } from './evidence.ts'
import type { TSchema } from './typebox.ts'

export interface Field {
  /** A path, in which `[]` means any item. */
  readonly field: string
  readonly evidence: Evidence
}

/**
 * Lists the fields of a model, each with its own label or else that of its parent. A model without
 * fields counts as one field. Throws an Error for a field without a label.
 */
export function fieldsOf(schema: TSchema, where: string, inherited?: Evidence): Field[] {
  const evidence = schema[EVIDENCE] ?? inherited
  if (schema.items) return fieldsOf(schema.items, `${where}[]`, evidence)

  const properties = Object.entries<TSchema>(schema.properties ?? {})
  const variants: TSchema[] = (schema.anyOf ?? []).filter(({ type }: TSchema) => type !== 'null')
  if (variants.length > 0) return variants.flatMap(variant => fieldsOf(variant, where, evidence))
  if (properties.length > 0)
    return properties.flatMap(([key, property]) => fieldsOf(property, `${where}.${key}`, evidence))

  if (!evidence) throw new Error(`${where} does not say how it is known`)
  return [{ field: where, evidence }]
}
