import { createRing } from './ring.ts'

/** Keeps the latest texts, up to a fixed number. */
export interface TextRing {
  readonly add: (text: string) => void
  /** Oldest first. */
  readonly list: () => string[]
  /** By its place in `list`. */
  readonly at: (index: number) => string | undefined
  readonly size: () => number
  readonly clear: () => void
}

interface Slot {
  readonly bytes: Buffer
  /** The bytes that the text takes. */
  readonly used: number
}

/**
 * Keeps texts as bytes outside V8's heap, where each replaces the oldest one in its memory. As
 * strings they would make the young generation of the heap grow, and stay large.
 */
export function createTextRing(maxSize: number): TextRing {
  const slots = createRing<Slot>(maxSize)

  return {
    add: text => {
      const used = Buffer.byteLength(text)
      const oldest = slots.size() < maxSize ? undefined : slots.at(0)?.bytes
      const bytes = oldest && isOfSize(oldest, used) ? oldest : Buffer.allocUnsafeSlow(used)
      bytes.write(text)
      slots.add({ bytes, used })
    },
    list: () => slots.list().map(textOf),
    at: index => {
      const slot = slots.at(index)
      return slot && textOf(slot)
    },
    size: slots.size,
    clear: slots.clear,
  }
}

function textOf({ bytes, used }: Slot): string {
  return bytes.toString('utf8', 0, used)
}

/** A long text leaves no more than twice the memory that a shorter one needs. */
function isOfSize({ length }: Buffer, needed: number): boolean {
  return needed <= length && length <= 2 * needed
}
