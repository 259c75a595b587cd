import { describe, expect, it } from 'vitest'
import { buildFrame } from '../../../src/edge/capnp/builder.ts'
import { createFrameReader } from '../../../src/edge/capnp/frames.ts'
import { MAX_DEPTH, readRoot, type StructReader } from '../../../src/edge/capnp/reader.ts'

/** A segment of these words, each of which has a low and a high half. */
function segment(...words: readonly (readonly [low: number, high: number])[]): Buffer {
  const bytes = Buffer.alloc(words.length * 8)
  for (const [index, [low, high]] of words.entries()) {
    bytes.writeInt32LE(low, index * 8)
    bytes.writeUInt32LE(high, index * 8 + 4)
  }
  return bytes
}

const ONE_POINTER = 0x1_0000
const ONE_WORD = 1
const text = (count: number): number => (count << 3) | 2
const structAt = (offset: number): number => offset << 2
const listAt = (offset: number): number => (offset << 2) | 1
const farTo = (word: number): number => (word << 3) | 2
const doubleFarTo = (word: number): number => (word << 3) | 6

/** "far" as a text. */
const FAR_TEXT: readonly [number, number] = [0x0072_6166, 0]

describe('a struct', () => {
  const [segments = []] = createFrameReader()(
    buildFrame(2, 4, root =>
      root
        .bit(3, true)
        .u8(1, 0xfe)
        .u16(2, 0xabcd)
        .u32(4, 0x8000_0001)
        .u64(8, 0xf000_0000_0000_0002n)
        .text(0, 'Liège')
        .data(1, Buffer.from([1, 2, 3]))
        .texts(2, ['a', '', 'quite a long one']),
    ),
  )
  const root = readRoot(segments)

  it('reads as it was built', () => {
    expect([root.bit(2), root.bit(3), root.u8(1), root.u16(2), root.u32(4), root.u64(8)]).toEqual([
      false,
      true,
      0xfe,
      0xabcd,
      0x8000_0001,
      0xf000_0000_0000_0002n,
    ])
    expect(root.text(0)).toBe('Liège')
    expect(root.data(1)).toEqual(Buffer.from([1, 2, 3]))
    expect(root.texts(2)).toEqual(['a', '', 'quite a long one'])
  })

  it('has 0, empty and no content where its sender wrote nothing', () => {
    expect([root.u8(16), root.u16(16), root.u32(14), root.u64(16), root.bit(128)]).toEqual([0, 0, 0, 0n, false])
    expect([root.text(3), root.text(4), root.texts(4), root.data(4)]).toEqual(['', '', [], Buffer.alloc(0)])
    expect(root.struct(4).struct(0).u8(0)).toBe(0)
  })

  it('copies data, so that it outlives its frame', () => {
    const [frame = []] = createFrameReader()(buildFrame(0, 1, root => root.data(0, Buffer.from('secret'))))
    const copy = readRoot(frame).data(0)
    for (const segment of frame) segment.fill(0)
    expect(copy.toString()).toBe('secret')
  })
})

describe('a pointer', () => {
  it('leads to another segment through a pad beside the content', () => {
    const first = segment([structAt(0), ONE_POINTER], [farTo(1), 1])
    const second = segment(FAR_TEXT, [listAt(-2), text(4)])
    expect(readRoot([first, second]).text(0)).toBe('far')
  })

  it('leads to a third segment through a pad of two words', () => {
    const first = segment([structAt(0), ONE_POINTER], [doubleFarTo(0), 1])
    const pad = segment([farTo(1), 2], [listAt(0), text(4)])
    expect(readRoot([first, pad, segment([0, 0], FAR_TEXT)]).text(0)).toBe('far')
  })

  it.each<[string, readonly Buffer[]]>([
    ['a pointer leaves its segment', [segment([structAt(1), ONE_WORD])]],
    ['a pointer leaves its segment', [segment([structAt(-2), ONE_WORD], [0, 0])]],
    ['a pointer leaves its segment', [segment([structAt(0), 0xffff_ffff])]],
    ['a pointer leaves its segment', [segment([structAt(0), ONE_POINTER], [listAt(0), text(9)], [0, 0])]],
    ['a pointer leaves its segment', [segment([structAt(0), ONE_POINTER], [listAt(0), 0xffff_fffa])]],
    ['a pointer leaves its segment', [segment([farTo(1), 0])]],
    ['a pointer leaves its segment', [Buffer.alloc(0)]],
    ['a pointer names segment 7, which the frame does not have', [segment([farTo(0), 7])]],
    ['a far pointer names another far pointer', [segment([farTo(0), 0])]],
    ['a double far pointer names no far pointer', [segment([doubleFarTo(1), 0], [0, 0], [0, 0])]],
    ['a pointer does not name a struct', [segment([listAt(0), text(0)])]],
    ['a pointer does not name a list of the expected elements', [segment([structAt(0), ONE_POINTER], [3, 0])]],
    ['a text does not end with a zero byte', [segment([structAt(0), ONE_POINTER], [listAt(0), text(2)], FAR_TEXT)]],
  ])('is refused: %s', (message, segments) => {
    expect(() => readRoot(segments).text(0)).toThrow(message)
  })

  it('is refused where a frame nests deeper than 32 structs', () => {
    // The only pointer of this struct leads to the struct itself.
    let struct: StructReader = readRoot([segment([structAt(0), ONE_POINTER], [structAt(-1), ONE_POINTER])])
    for (let depth = 1; depth < MAX_DEPTH; depth++) struct = struct.struct(0)
    expect(() => struct.struct(0)).toThrow('a frame nests deeper than 32 structs')
  })

  it('is refused where lists share content, so that a small frame cannot read as gigabytes', () => {
    const count = 8_000
    const pointers = Array.from({ length: count }, (_, index) => [listAt(count - 1 - index), text(8_000)] as const)
    const list = (count << 3) | 6
    const content = Buffer.alloc(8_000)
    const frame = Buffer.concat([segment([structAt(0), ONE_POINTER], [listAt(0), list], ...pointers), content])
    expect(() => readRoot([frame]).texts(0)).toThrow('the pointers of a frame overlap')
  })
})
