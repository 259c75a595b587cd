/** The first problem of an input, in the words of Rust's serde. */
export class SerdeError extends Error {}

/** What `peek` and `next` return after the last byte. */
export const END = -1

/** The byte of an ASCII character. */
export function code(character: string): number {
  return character.charCodeAt(0)
}

/** Arrays and objects may lie in each other 127 times. */
const MAX_DEPTH = 127

/**
 * The bytes of a JSON text and the place of the reader. All readers of this folder see the bytes
 * through it, each byte a constant number of times.
 */
export class Source {
  index = 0
  #depth = 0
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  peek(): number {
    return this.#bytes[this.index] ?? END
  }

  /** Takes a byte. */
  next(): number {
    const byte = this.peek()
    if (byte !== END) this.index++
    return byte
  }

  /** Skips white space and peeks. */
  skipBlanks(): number {
    let byte = this.peek()
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      this.index++
      byte = this.peek()
    }
    return byte
  }

  /** The bytes from `start` to the place of the reader. */
  since(start: number): Buffer {
    return this.#bytes.subarray(start, this.index)
  }

  /** Takes the first byte of an array or an object. */
  enter(): void {
    if (this.#depth === MAX_DEPTH) this.failAtNext('recursion limit exceeded')
    this.#depth++
    this.index++
  }

  /** Takes the last byte of an array or an object. */
  leave(): void {
    this.#depth--
    this.index++
  }

  /** Fails at the place of the reader. Columns are bytes. */
  fail(problem: string, index = this.index): never {
    const before = this.#bytes.subarray(0, index)
    const column = index - (before.lastIndexOf('\n') + 1)
    throw new SerdeError(`${problem} at line ${linesIn(before)} column ${column}`)
  }

  /** Fails at the byte that the reader has peeked at. */
  failAtNext(problem: string): never {
    return this.fail(problem, Math.min(this.index + 1, this.#bytes.length))
  }
}

function linesIn(bytes: Buffer): number {
  let lines = 1
  for (const byte of bytes) if (byte === 0x0a) lines++
  return lines
}
