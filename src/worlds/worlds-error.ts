/** Explains in one line why an operation on worlds or snapshots failed. */
export class WorldsError extends Error {
  override readonly name = 'WorldsError'
  readonly kind: 'unknown' | 'refused'

  constructor(kind: 'unknown' | 'refused', message: string) {
    super(message)
    this.kind = kind
  }
}

export function throwWorldsError(kind: WorldsError['kind'], message: string): never {
  throw new WorldsError(kind, message)
}
