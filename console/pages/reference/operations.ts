/** The operations of the control plane, as its OpenAPI document lists them. */

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
}

interface Declared {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: Readonly<Record<string, { readonly example?: unknown }>>
  }
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Declared>>>>
}

export interface ListedOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly takesBody: boolean
  readonly example: unknown
}

export function operationsOf({ paths }: Document): ListedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      id: one.operationId,
      method: method.toUpperCase(),
      path,
      tag: one.tags[0] ?? '',
      summary: one.summary,
      parameters: one.parameters ?? [],
      takesBody: one.requestBody !== undefined,
      example: one.requestBody?.content['application/json']?.example,
    })),
  )
}

/** Those with the text in their name, path or summary. */
export function matching(operations: readonly ListedOperation[], text: string): readonly ListedOperation[] {
  const sought = text.toLowerCase()
  return operations.filter(({ id, method, path, summary }) =>
    `${id} ${method} ${path} ${summary}`.toLowerCase().includes(sought),
  )
}
