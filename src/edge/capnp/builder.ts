/** Builds Cap'n Proto frames of one segment. Content is laid out in the order of the calls. */
import { WORD_BYTES } from './frames.ts'

const LIST = 1
const CAPABILITY = 3
const BYTES = 2
const POINTERS = 6
const COMPOSITE = 7

/** A frame whose root is a struct of this size. */
export function buildFrame(dataWords: number, pointers: number, fill: (root: StructBuilder) => void): Buffer {
  const segment = new Segment()
  fill(segment.struct(segment.allocate(1), dataWords, pointers))
  return segment.frame()
}

class Segment {
  #bytes = Buffer.alloc(32 * WORD_BYTES)
  #words = 0

  /** The first of new words, all zero. */
  allocate(words: number): number {
    const first = this.#words
    this.#words += words
    if (this.#words * WORD_BYTES > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#words * WORD_BYTES))
      this.#bytes.copy(grown)
      this.#bytes = grown
    }
    return first
  }

  get bytes(): Buffer {
    return this.#bytes
  }

  pointer(word: number, low: number, high: number): void {
    this.#bytes.writeInt32LE(low, word * WORD_BYTES)
    this.#bytes.writeUInt32LE(high, word * WORD_BYTES + 4)
  }

  /** Allocates a struct, and points to it. */
  struct(pointer: number, dataWords: number, pointers: number): StructBuilder {
    const first = this.allocate(dataWords + pointers)
    // A struct without content lies where its pointer is, so that it is no null pointer.
    const offset = dataWords + pointers === 0 ? -1 : first - pointer - 1
    this.pointer(pointer, offset << 2, sizeOf(dataWords, pointers))
    return new StructBuilder(this, first, dataWords)
  }

  list(pointer: number, size: number, count: number, words: number): number {
    const first = this.allocate(words)
    this.pointer(pointer, ((first - pointer - 1) << 2) | LIST, (count << 3) | size)
    return first
  }

  data(pointer: number, value: Buffer): void {
    const first = this.list(pointer, BYTES, value.length, Math.ceil(value.length / WORD_BYTES))
    value.copy(this.#bytes, first * WORD_BYTES)
  }

  frame(): Buffer {
    const header = Buffer.alloc(WORD_BYTES)
    header.writeUInt32LE(this.#words, 4)
    return Buffer.concat([header, this.#bytes.subarray(0, this.#words * WORD_BYTES)])
  }
}

export class StructBuilder {
  readonly #segment: Segment
  readonly #byte: number
  readonly #pointers: number

  constructor(segment: Segment, first: number, dataWords: number) {
    this.#segment = segment
    this.#byte = first * WORD_BYTES
    this.#pointers = first + dataWords
  }

  bit(index: number, value: boolean): this {
    const byte = this.#byte + (index >> 3)
    const { bytes } = this.#segment
    const mask = 1 << (index & 7)
    bytes[byte] = value ? (bytes[byte] ?? 0) | mask : (bytes[byte] ?? 0) & ~mask
    return this
  }

  u8(byte: number, value: number): this {
    this.#segment.bytes.writeUInt8(value, this.#byte + byte)
    return this
  }

  u16(byte: number, value: number): this {
    this.#segment.bytes.writeUInt16LE(value, this.#byte + byte)
    return this
  }

  u32(byte: number, value: number): this {
    this.#segment.bytes.writeUInt32LE(value, this.#byte + byte)
    return this
  }

  u64(byte: number, value: bigint): this {
    this.#segment.bytes.writeBigUInt64LE(value, this.#byte + byte)
    return this
  }

  struct(index: number, dataWords: number, pointers: number): StructBuilder {
    return this.#segment.struct(this.#pointers + index, dataWords, pointers)
  }

  /** A list of structs of one size. */
  structs(index: number, count: number, dataWords: number, pointers: number): readonly StructBuilder[] {
    const words = dataWords + pointers
    const tag = this.#segment.list(this.#pointers + index, COMPOSITE, count * words, 1 + count * words)
    this.#segment.pointer(tag, count << 2, sizeOf(dataWords, pointers))
    return Array.from(
      { length: count },
      (_, element) => new StructBuilder(this.#segment, tag + 1 + element * words, dataWords),
    )
  }

  data(index: number, value: Buffer): this {
    this.#segment.data(this.#pointers + index, value)
    return this
  }

  text(index: number, value: string): this {
    return this.data(index, textBytes(value))
  }

  texts(index: number, values: readonly string[]): this {
    const first = this.#segment.list(this.#pointers + index, POINTERS, values.length, values.length)
    for (const [element, value] of values.entries()) this.#segment.data(first + element, textBytes(value))
    return this
  }

  capability(index: number, id: number): this {
    this.#segment.pointer(this.#pointers + index, CAPABILITY, id)
    return this
  }
}

function sizeOf(dataWords: number, pointers: number): number {
  return pointers * 0x1_0000 + dataWords
}

function textBytes(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}
