/** Frames that a broken or hostile connector may send. */
import fc from 'fast-check'
import { VECTORS } from '../../edge/vectors.ts'

/** Halves of words that lead far away, back, to themselves, or to very long lists. */
const HALVES = [0, 1, 2, 3, 4, 6, 7, 0x7fff_ffff, 0x8000_0000, 0xffff_fffc, 0xffff_fffe, 0xffff_ffff, 0x1_0000, 0xffff]

const change = fc.oneof(
  fc.record({ kind: fc.constant('bit' as const), at: fc.nat(), value: fc.nat(7) }),
  fc.record({ kind: fc.constant('half' as const), at: fc.nat(), value: fc.constantFrom(...HALVES) }),
  fc.record({ kind: fc.constant('half' as const), at: fc.nat(), value: fc.integer({ min: 0, max: 0xffff_ffff }) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), value: fc.constant(0) }),
  fc.record({ kind: fc.constant('copy' as const), at: fc.nat(), value: fc.nat() }),
)

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

/** A captured frame with up to five changes. */
const mutated = fc
  .tuple(fc.constantFrom(...Object.values(VECTORS)), fc.array(change, { minLength: 1, maxLength: 5 }))
  .map(([frame, changes]) => changes.reduce(changed, Buffer.from(frame)))

/** A complete frame of one segment with random words. */
const random = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...HALVES), fc.nat(64)), fc.oneof(fc.constantFrom(...HALVES), fc.nat(64))), {
    maxLength: 24,
  })
  .map(words => {
    const frame = Buffer.alloc(8 + words.length * 8)
    frame.writeUInt32LE(words.length, 4)
    for (const [index, halves] of words.entries())
      for (const [half, value] of halves.entries()) frame.writeUInt32LE(value, 8 + index * 8 + half * 4)
    return frame
  })

export const hostileFrame: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 2, arbitrary: random },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map(bytes => Buffer.from(bytes)) },
)

function changed(frame: Buffer, { kind, at, value }: Change): Buffer {
  if (frame.length < 8) return frame
  const place = at % frame.length
  const word = place - (place % 4)
  switch (kind) {
    case 'bit':
      frame.writeUInt8(frame.readUInt8(place) ^ (1 << value), place)
      return frame
    case 'half':
      if (word + 4 <= frame.length) frame.writeUInt32LE(value, word)
      return frame
    case 'cut':
      return frame.subarray(0, place)
    case 'copy':
      frame.copy(frame, place, value % frame.length)
      return frame
  }
}
