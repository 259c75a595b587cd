import { describe, expect, it } from 'vitest'
import { createWireVersions } from '../../src/edge/wire-versions.ts'

const [OLD, NEW] = ['{"ingress":[1]}', '{"ingress":[2]}']

describe('the version of a configuration on the wire', { tags: ['edge_configuration_version'] }, () => {
  it('is that of the API while a connector follows', () => {
    const versions = createWireVersions()
    expect(versions.versionFor('a', 1, OLD)).toBe(1)

    versions.learn('a', 1, OLD)
    expect(versions.versionFor('a', 2, NEW)).toBe(2)
  })

  it('stays the same for a configuration that a connector has', () => {
    const versions = createWireVersions()
    versions.learn('a', 2, NEW)
    expect(versions.versionFor('a', 2, NEW)).toBe(2)
  })

  it('is above that of a connector that has another history, and stays so', () => {
    const versions = createWireVersions()
    versions.learn('a', 5)
    expect(versions.versionFor('a', 1, OLD)).toBe(6)
    expect(versions.versionFor('a', 1, OLD)).toBe(6)

    versions.learn('a', 6, OLD)
    expect(versions.versionFor('a', 1, OLD)).toBe(6)
    expect(versions.versionFor('a', 2, NEW)).toBe(7)
  })

  it('is a new one for another configuration under a number that a connector had', () => {
    const versions = createWireVersions()
    versions.learn('a', 1, OLD)
    expect(versions.versionFor('a', 1, NEW)).toBe(2)
  })

  it('is separate for each connector', () => {
    const versions = createWireVersions()
    versions.learn('a', 5)
    expect([versions.isKnown('a'), versions.isKnown('b')]).toEqual([true, false])
    expect(versions.versionFor('b', 1, OLD)).toBe(1)
  })

  it('is remembered for the latest ten thousand connectors', () => {
    const versions = createWireVersions()
    for (let nth = 0; nth < 10_001; nth += 1) versions.learn(String(nth), 1)
    expect([versions.isKnown('0'), versions.isKnown('1'), versions.isKnown('10000')]).toEqual([false, true, true])
  })
})
