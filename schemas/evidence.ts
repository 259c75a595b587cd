/** The evidence labels, from the most to the least certain. */
export const LABELS = ['recorded', 'documented', 'client', 'inferred', 'assumed'] as const

/**
 * How we know a behaviour. `recorded`: from a real response. `documented`: from Cloudflare's
 * documentation. `client`: an official client would break otherwise. `inferred`: follows from other
 * evidence. `assumed`: our choice, without evidence.
 */
export type Evidence = (typeof LABELS)[number]

/** The key of the label in a model. It is a symbol, so tools that read JSON Schema ignore it. */
export const EVIDENCE = Symbol('evidence')

declare module '@sinclair/typebox' {
  interface SchemaOptions {
    readonly [EVIDENCE]?: Evidence
  }
}

/** Labels a model with the evidence for its fields, or one field if its label differs. */
export function labelled(evidence: Evidence): { readonly [EVIDENCE]: Evidence } {
  return { [EVIDENCE]: evidence }
}
