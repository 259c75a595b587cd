import { isObject } from '../../schemas/is-object.ts'
import type { OpenApiObject } from '../http/openapi-models.ts'

/**
 * The model of a body as a description of what is accepted: null for every optional field
 * (inferred: configuration_nulls). Models within it get names of their own, since responses have
 * the same models without nulls.
 */
export function withNullableFields(schema: unknown, title = titleOf(schema)): OpenApiObject {
  if (!isObject(schema)) return {}
  if (schema.items) return { ...schema, items: withNullableFields(schema.items, nestedTitle(schema.items)) }
  if (!isObject(schema.properties)) return schema

  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const properties = Object.entries(schema.properties).map(([key, property]) => {
    const nested = withNullableFields(property, nestedTitle(property))
    return [key, required.includes(key) ? nested : nullable(nested)]
  })
  return { ...schema, ...(title && { title }), properties: Object.fromEntries(properties) }
}

/** Tools show an object with null better as a choice, since they name the model of the object. */
function nullable(schema: OpenApiObject): OpenApiObject {
  if (schema.type === 'object') return { anyOf: [schema, { type: 'null' }] }
  const values = Array.isArray(schema.enum) && { enum: [...schema.enum, null] }
  return { ...schema, type: [schema.type, 'null'], ...values }
}

function nestedTitle(schema: unknown): string | undefined {
  const title = titleOf(schema)
  return title && `${title}Input`
}

function titleOf(schema: unknown): string | undefined {
  return isObject(schema) && typeof schema.title === 'string' ? schema.title : undefined
}
