/** Reads Cap'n Proto structs. A field that the sender does not know reads as 0, empty or undefined. */
import { type Segments, WORD_BYTES } from './frames.ts'
import { BYTES, type Place, POINTERS, Pointers, type StructTarget } from './pointers.ts'
import { ProtocolError } from './protocol-error.ts'

export const MAX_DEPTH = 32

/** The struct at the root of a frame. */
export function readRoot(segments: Segments): StructReader {
  const pointers = new Pointers(segments)
  return new StructReader(pointers, pointers.struct({ segment: 0, byte: 0 }), 1)
}

export class StructReader {
  readonly #pointers: Pointers
  readonly #target: StructTarget | undefined
  readonly #depth: number
  readonly #data: Buffer

  constructor(pointers: Pointers, target: StructTarget | undefined, depth: number) {
    if (depth > MAX_DEPTH) throw new ProtocolError(`a frame nests deeper than ${MAX_DEPTH} structs`)
    this.#pointers = pointers
    this.#target = target
    this.#depth = depth
    this.#data = target ? pointers.bytes(target, target.data_bytes) : Buffer.alloc(0)
  }

  /** Bit 0 of a byte is the lowest. */
  bit(index: number): boolean {
    return ((this.u8(index >> 3) >> (index & 7)) & 1) === 1
  }

  u8(byte: number): number {
    return this.#has(byte, 1) ? this.#data.readUInt8(byte) : 0
  }

  u16(byte: number): number {
    return this.#has(byte, 2) ? this.#data.readUInt16LE(byte) : 0
  }

  u32(byte: number): number {
    return this.#has(byte, 4) ? this.#data.readUInt32LE(byte) : 0
  }

  u64(byte: number): bigint {
    return this.#has(byte, 8) ? this.#data.readBigUInt64LE(byte) : 0n
  }

  struct(index: number): StructReader {
    const at = this.#pointer(index)
    return new StructReader(this.#pointers, at && this.#pointers.struct(at), this.#depth + 1)
  }

  /** A copy, which outlives the frame. */
  data(index: number): Buffer {
    return Buffer.from(this.#bytes(this.#pointer(index)))
  }

  text(index: number): string {
    return this.#text(this.#pointer(index))
  }

  /** A list of texts. */
  texts(index: number): readonly string[] {
    const at = this.#pointer(index)
    const list = at && this.#pointers.list(at, POINTERS)
    if (!list) return []
    return Array.from({ length: list.count }, (_, element) =>
      this.#text({ segment: list.segment, byte: list.byte + element * WORD_BYTES }),
    )
  }

  #has(byte: number, length: number): boolean {
    return byte + length <= this.#data.length
  }

  #pointer(index: number): Place | undefined {
    const target = this.#target
    if (!target || index >= target.pointers) return undefined
    return { segment: target.segment, byte: target.byte + target.data_bytes + index * WORD_BYTES }
  }

  #bytes(at: Place | undefined): Buffer {
    const list = at && this.#pointers.list(at, BYTES)
    return list ? this.#pointers.bytes(list, list.count) : Buffer.alloc(0)
  }

  #text(at: Place | undefined): string {
    const bytes = this.#bytes(at)
    if (bytes.length === 0) return ''
    if (bytes.at(-1) !== 0) throw new ProtocolError('a text does not end with a zero byte')
    return bytes.toString('utf8', 0, bytes.length - 1)
  }
}
