import { totalmem } from 'node:os'

/** The memory of the container, or else of the machine, in bytes. */
export function memoryLimit(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
}
