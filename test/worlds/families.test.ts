import { describe, expect, it } from 'vitest'
import { familyOf, idInFamilyOf, isSameFamily } from '../../src/worlds/families.ts'

describe('familyOf', () => {
  it.each([
    ['job-1', 'job-1'],
    ['job-1.copy', 'job-1'],
    ['main', 'main'],
    ['', ''],
  ])('%s is of the family %s', (id, family) => {
    expect(familyOf(id)).toBe(family)
  })
})

describe('idInFamilyOf', () => {
  it.each([
    ['job-1', 'copy', 'job-1.copy'],
    ['job-1.copy', 'more', 'job-1.more'],
    ['main', 'job-1.copy', 'main.job-1-copy'],
  ])('of %s and %s is %s', (id, name, expected) => {
    expect(idInFamilyOf(id, name)).toBe(expected)
    expect(isSameFamily(id, expected)).toBe(true)
  })
})
