import type { EDGE_EVIDENCE } from '../src/edge/evidence.ts'
import type { BehaviourId } from '../src/resources/products.ts'

/** A test that shows a behaviour carries its id as a tag: `vitest run --tags-filter=list_order` runs those that do. */
declare module 'vitest' {
  interface TestTags {
    readonly tags: BehaviourId | keyof typeof EDGE_EVIDENCE
  }
}
