import type { Evidence } from '../../schemas/evidence.ts'
import type { OperationName } from './operations.ts'

/** Something that the emulated service does, and how we know that the real one does it. */
export interface KnownBehaviour {
  /** Where it shows; nowhere for what only the edge does, which a simulated connector meets. */
  readonly operations: readonly OperationName[] | 'every'
  readonly statement: string
  readonly evidence: Evidence
  readonly source: string
  /** Why no answer can tell that it was leaned on; only for what is inferred or assumed. */
  readonly untold?: string
}

export type Behaviours = Readonly<Record<string, KnownBehaviour>>
