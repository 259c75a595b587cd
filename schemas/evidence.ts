/** How we know, from the surest to the least sure. */
export const LABELS = ['recorded', 'documented', 'client', 'inferred', 'assumed'] as const

/**
 * `recorded`: a real answer was seen. `documented`: Cloudflare says so. `client`: an official client would break otherwise.
 * `inferred`: reasoned from the others. `assumed`: our choice, nobody knows.
 */
export type Evidence = (typeof LABELS)[number]

/** Where a model carries its label: under a symbol, which no other reader of a JSON Schema stumbles over. */
export const EVIDENCE = Symbol('evidence')

declare module '@sinclair/typebox' {
  interface SchemaOptions {
    readonly [EVIDENCE]?: Evidence
  }
}

/** Says of a model how its fields are known, or of one field where it differs from the rest. */
export function labelled(evidence: Evidence): { readonly [EVIDENCE]: Evidence } {
  return { [EVIDENCE]: evidence }
}
