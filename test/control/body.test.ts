import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../src/control/body.ts'

/** Long enough to take several turns on a fast machine too. */
const VALUE = Array.from({ length: 600_000 }, (_item, index) => `item ${index}`)
const BYTES = Buffer.from(JSON.stringify(VALUE))

function chunksOf(size: number): readonly Buffer[] {
  const count = Math.ceil(BYTES.length / size)
  return Array.from({ length: count }, (_chunk, index) => BYTES.subarray(index * size, (index + 1) * size))
}

describe('a body', () => {
  it.each([1_000, 64 * 1024, BYTES.length])(
    'that arrives in chunks of %i bytes is parsed in turns with others',
    async size => {
      let turns = 0
      let isOver = false
      const other = (): void => {
        turns += 1
        if (!isOver) setImmediate(other)
      }
      setImmediate(other)
      const value = await readJson(Readable.from(chunksOf(size)), {
        world_id: 'main',
        content_length: undefined,
        limit: BYTES.length,
      })
      isOver = true

      expect(value).toEqual(VALUE)
      expect(turns).toBeGreaterThan(3)
    },
  )
})
