/** Cap'n Proto frames in a stream of chunks: a table of segment sizes, then the segments. */
import { ProtocolError } from './protocol-error.ts'

export type Segments = readonly Buffer[]

export const WORD_BYTES = 8
export const MAX_SEGMENTS = 64
export const MAX_FRAME_BYTES = 1024 * 1024

const FIRST_CAPACITY_BYTES = 1024

/**
 * Returns a function that takes the chunks of a stream and returns the frames that each completes.
 * It throws a ProtocolError for a frame beyond the limits, before it waits for its content.
 */
export function createFrameReader(): (chunk: Buffer) => readonly Segments[] {
  // Capacity grows with what arrived, not with what a header announces.
  let buffer = Buffer.alloc(0)
  let length = 0

  const append = (chunk: Buffer): void => {
    if (length + chunk.length > buffer.length) {
      const grown = Buffer.alloc(Math.max(FIRST_CAPACITY_BYTES, buffer.length * 2, length + chunk.length))
      buffer.copy(grown, 0, 0, length)
      buffer = grown
    }
    chunk.copy(buffer, length)
    length += chunk.length
  }

  return chunk => {
    append(chunk)
    const frames: Segments[] = []
    let start = 0
    for (;;) {
      const frame = frameIn(buffer.subarray(start, length))
      if (!frame) break
      frames.push(frame.segments)
      start += frame.bytes
    }
    // The segments of complete frames stay where they are, so the rest moves to new memory.
    if (start > 0) {
      buffer = Buffer.from(buffer.subarray(start, length))
      length = buffer.length
    }
    return frames
  }
}

/** The frame that these bytes begin with, if it is complete. */
function frameIn(bytes: Buffer): { readonly segments: Segments; readonly bytes: number } | undefined {
  if (bytes.length < 4) return undefined
  const count = bytes.readUInt32LE(0) + 1
  if (count > MAX_SEGMENTS)
    throw new ProtocolError(`a frame has ${count} segments; at most ${MAX_SEGMENTS} are allowed`)

  const headerBytes = Math.ceil((4 + 4 * count) / WORD_BYTES) * WORD_BYTES
  if (bytes.length < headerBytes) return undefined
  const sizes = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(4 + 4 * index) * WORD_BYTES)
  const contentBytes = sizes.reduce((sum, size) => sum + size, 0)
  if (contentBytes > MAX_FRAME_BYTES)
    throw new ProtocolError(`a frame has ${contentBytes} bytes; at most ${MAX_FRAME_BYTES} are allowed`)

  if (bytes.length < headerBytes + contentBytes) return undefined
  let start = headerBytes
  const segments = sizes.map(size => {
    start += size
    return bytes.subarray(start - size, start)
  })
  return { segments, bytes: start }
}
