import type { BehaviourId } from '../src/resources/products.ts'

/** A test that shows a behaviour carries its id as a tag: `vitest run --tags-filter=list_order` runs those that do. */
declare module 'vitest' {
  interface TestTags {
    readonly tags: BehaviourId
  }
}
