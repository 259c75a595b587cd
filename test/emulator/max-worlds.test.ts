import { describe, expect, it } from 'vitest'
import { maxWorldsOf, worldsThatFit } from '../../src/emulator/max-worlds.ts'
import { memoryLimit } from '../../src/emulator/memory-limit.ts'
import { temporaryFolder } from '../support/temporary.ts'

const MIB = 1024 * 1024

describe('worldsThatFit', () => {
  it.each([
    [128, 1],
    [256, 16],
    [512, 64],
    [1_024, 160],
    [4_096, 736],
    [1_000_000, 10_000],
  ])('into %d MiB of memory: %d', (mib, worlds) => {
    expect(worldsThatFit(mib * MIB)).toBe(worlds)
  })
})

describe('maxWorldsOf', () => {
  it('is the option, if that is set', () => {
    expect(maxWorldsOf({ max_worlds: 0, db: ':memory:' })).toBe(0)
  })

  it.each([':memory:', 'data.db'])('is what memory allows for %s', db => {
    expect(maxWorldsOf({ max_worlds: undefined, db })).toBe(worldsThatFit(memoryLimit()))
  })

  it('is 10,000 for a folder', () => {
    expect(maxWorldsOf({ max_worlds: undefined, db: `${temporaryFolder()}/` })).toBe(10_000)
  })
})

describe('memoryLimit', () => {
  it('is a number of bytes', () => {
    expect(memoryLimit()).toBeGreaterThan(64 * MIB)
    expect(Number.isFinite(memoryLimit())).toBe(true)
  })
})
