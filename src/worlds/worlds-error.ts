/** Explains in one line why an operation on worlds or snapshots failed. */
export class WorldsError extends Error {
  override readonly name = 'WorldsError'
  /** `gone`: there is no such world. `unknown`: there is nothing else of this name. */
  readonly kind: 'gone' | 'unknown' | 'refused' | 'storage_failed'

  constructor(kind: WorldsError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

export function throwWorldsError(kind: WorldsError['kind'], message: string): never {
  throw new WorldsError(kind, message)
}
