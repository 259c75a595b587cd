/** Cap'n Proto pointers of a message, followed within its bounds. */
import { MAX_FRAME_BYTES, type Segments, WORD_BYTES } from './frames.ts'
import { ProtocolError } from './protocol-error.ts'

export interface Place {
  readonly segment: number
  readonly byte: number
}

/** A pointer that is not a far pointer, with the place of its content. */
interface Target {
  readonly kind: number
  readonly high: number
  readonly content: Place
}

const STRUCT = 0
const LIST = 1
const FAR = 2

export const BYTES = 2
export const POINTERS = 6

export interface StructTarget extends Place {
  readonly data_bytes: number
  readonly pointers: number
}

export interface ListTarget extends Place {
  readonly count: number
}

/** Follows pointers in the segments of one message. */
export class Pointers {
  readonly #segments: Segments
  // Pointers may overlap. So what can be read of a message is limited, not only its size.
  #budget_bytes = MAX_FRAME_BYTES

  constructor(segments: Segments) {
    this.#segments = segments
  }

  /** The struct that the pointer at a place names; undefined for a null pointer. */
  struct(at: Place): StructTarget | undefined {
    const target = this.#follow(at)
    if (!target) return undefined
    if (target.kind !== STRUCT) throw new ProtocolError('a pointer does not name a struct')
    const data_bytes = (target.high & 0xffff) * WORD_BYTES
    const pointers = target.high >>> 16
    this.#take(target.content, data_bytes + pointers * WORD_BYTES)
    return { ...target.content, data_bytes, pointers }
  }

  /** The list that the pointer at a place names; undefined for a null pointer. */
  list(at: Place, size: typeof BYTES | typeof POINTERS): ListTarget | undefined {
    const target = this.#follow(at)
    if (!target) return undefined
    if (target.kind !== LIST || (target.high & 7) !== size)
      throw new ProtocolError('a pointer does not name a list of the expected elements')
    const count = target.high >>> 3
    this.#take(target.content, size === BYTES ? count : count * WORD_BYTES)
    return { ...target.content, count }
  }

  /** The bytes of a segment, from a place that was checked. */
  bytes({ segment, byte }: Place, length: number): Buffer {
    return this.#segment(segment).subarray(byte, byte + length)
  }

  #follow(at: Place): Target | undefined {
    const { low, high } = this.#word(at)
    if (low === 0 && high === 0) return undefined
    if ((low & 3) === FAR) return this.#followFar(low, high)
    return targetOf(low, high, at)
  }

  /** A far pointer names a pad: a pointer beside its content, or the place of it and its tag. */
  #followFar(low: number, high: number): Target {
    const pad = placeOf(low, high)
    const first = this.#word(pad)
    if ((low & 4) === 0) return targetOf(first.low, first.high, pad)

    if ((first.low & 7) !== FAR) throw new ProtocolError('a double far pointer names no far pointer')
    const tag = this.#word({ ...pad, byte: pad.byte + WORD_BYTES })
    return { kind: tag.low & 3, high: tag.high, content: placeOf(first.low, first.high) }
  }

  #word(at: Place): { readonly low: number; readonly high: number } {
    this.#take(at, WORD_BYTES)
    const segment = this.#segment(at.segment)
    return { low: segment.readUInt32LE(at.byte), high: segment.readUInt32LE(at.byte + 4) }
  }

  #take({ segment, byte }: Place, length: number): void {
    if (byte < 0 || byte + length > this.#segment(segment).length)
      throw new ProtocolError('a pointer leaves its segment')
    this.#budget_bytes -= length
    if (this.#budget_bytes < 0) throw new ProtocolError('the pointers of a frame overlap')
  }

  #segment(index: number): Buffer {
    const segment = this.#segments[index]
    if (!segment) throw new ProtocolError(`a pointer names segment ${index}, which the frame does not have`)
    return segment
  }
}

function targetOf(low: number, high: number, { segment, byte }: Place): Target {
  const kind = low & 3
  if (kind === FAR) throw new ProtocolError('a far pointer names another far pointer')
  // The offset is signed: content may lie before its pointer.
  return { kind, high, content: { segment, byte: byte + WORD_BYTES + (low >> 2) * WORD_BYTES } }
}

function placeOf(low: number, high: number): Place {
  return { segment: high, byte: (low >>> 3) * WORD_BYTES }
}
