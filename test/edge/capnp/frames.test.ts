import { describe, expect, it } from 'vitest'
import { createFrameReader, MAX_FRAME_BYTES, MAX_SEGMENTS, type Segments } from '../../../src/edge/capnp/frames.ts'
import { VECTORS } from '../vectors.ts'

/** A frame with segments of these sizes, in words. */
function frameOf(...words: readonly number[]): Buffer {
  const header = Buffer.alloc(Math.ceil((4 + 4 * words.length) / 8) * 8)
  header.writeUInt32LE(words.length - 1)
  for (const [index, size] of words.entries()) header.writeUInt32LE(size, 4 + 4 * index)
  const content = words.map((size, index) => Buffer.alloc(size * 8, index + 1))
  return Buffer.concat([header, ...content])
}

const sizes = (frames: readonly Segments[]): readonly (readonly number[])[] =>
  frames.map(segments => segments.map(({ length }) => length / 8))

describe('a frame reader', () => {
  it('returns the frames that arrive in one chunk', () => {
    const chunk = Buffer.concat([VECTORS.bootstrap, VECTORS.register, VECTORS.finish])
    expect(sizes(createFrameReader()(chunk))).toEqual([[5], [68], [4]])
  })

  it('returns a frame that arrives byte by byte with its last byte', () => {
    const read = createFrameReader()
    const bytes = [...VECTORS.register].map(byte => Buffer.of(byte))
    const last = bytes.pop() ?? Buffer.alloc(0)
    expect(bytes.flatMap(byte => read(byte))).toEqual([])
    expect(Buffer.concat(read(last)[0] ?? [])).toEqual(VECTORS.register.subarray(8))
  })

  it('returns the same frames wherever two chunks are cut', () => {
    const stream = Buffer.concat([VECTORS.bootstrap, frameOf(1, 2, 3), VECTORS.release])
    const whole = createFrameReader()(stream)
    for (let cut = 0; cut <= stream.length; cut++) {
      const read = createFrameReader()
      expect([...read(stream.subarray(0, cut)), ...read(stream.subarray(cut))]).toEqual(whole)
    }
  })

  it('keeps the content of a frame when the next chunk arrives', () => {
    const read = createFrameReader()
    const [frame] = read(Buffer.concat([frameOf(2), frameOf(2).subarray(0, 9)]))
    read(Buffer.alloc(64, 0xff).subarray(0, 15))
    expect(frame).toEqual([Buffer.alloc(16, 1)])
  })

  it('accepts 64 segments and refuses 65', () => {
    const words = Array.from({ length: MAX_SEGMENTS }, () => 1)
    expect(createFrameReader()(frameOf(...words))[0]).toHaveLength(64)
    expect(() => createFrameReader()(frameOf(...words, 1))).toThrow('a frame has 65 segments; at most 64 are allowed')
  })

  it('accepts 1 MiB and refuses one word more before its content arrives', () => {
    const words = MAX_FRAME_BYTES / 8
    expect(sizes(createFrameReader()(frameOf(words - 1, 1)))).toEqual([[words - 1, 1]])
    const header = frameOf(words + 1).subarray(0, 8)
    expect(() => createFrameReader()(header)).toThrow('a frame has 1048584 bytes; at most 1048576 are allowed')
  })
})
