import { describe, expect, it } from 'vitest'
import { differences, misses } from '../../src/control/json-diff.ts'

describe('differences', () => {
  it.each([
    [1, 1],
    [null, null],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
  ])('of %j and %j are empty', (before, after) => {
    expect(differences(before, after)).toEqual([])
  })

  it.each([
    [1, 2, [{ field: '', before: 1, after: 2 }]],
    [{ a: 1 }, { a: '1' }, [{ field: 'a', before: 1, after: '1' }]],
    [{ a: null }, {}, [{ field: 'a', before: null }]],
    [{}, { a: { b: 1 } }, [{ field: 'a', after: { b: 1 } }]],
    [{ a: [] }, { a: {} }, [{ field: 'a', before: [], after: {} }]],
    [{ a: null }, { a: {} }, [{ field: 'a', before: null, after: {} }]],
    [[1], [1, 2], [{ field: '[1]', after: 2 }]],
    [
      [1, 2],
      [],
      [
        { field: '[0]', before: 1 },
        { field: '[1]', before: 2 },
      ],
    ],
    [
      { 'warp-routing': { enabled: false } },
      { 'warp-routing': { enabled: true } },
      [{ field: 'warp-routing.enabled', before: false, after: true }],
    ],
    [
      { a: { 'b.c': 1, '': 1 } },
      { a: { 'b.c': 2, '': 2 } },
      [
        { field: 'a["b.c"]', before: 1, after: 2 },
        { field: 'a[""]', before: 1, after: 2 },
      ],
    ],
    [
      {},
      JSON.parse('{"__proto__":1,"toString":2}'),
      [
        { field: '__proto__', after: 1 },
        { field: 'toString', after: 2 },
      ],
    ],
  ])('of %j and %j are %j', (before, after, expected) => {
    expect(differences(before, after)).toEqual(expected)
  })

  it('of a configuration read like code, one for each field', () => {
    const before = { ingress: [{ hostname: 'a.example.com', service: 'http://a' }, { service: 'http_status:404' }] }
    const after = {
      ingress: [
        { hostname: 'a.example.com', service: 'http://b', originRequest: { noTLSVerify: true } },
        { service: 'http_status:404' },
      ],
      originRequest: { connectTimeout: 10 },
    }

    expect(differences(before, after)).toEqual([
      { field: 'ingress[0].service', before: 'http://a', after: 'http://b' },
      { field: 'ingress[0].originRequest', after: { noTLSVerify: true } },
      { field: 'originRequest', after: { connectTimeout: 10 } },
    ])
  })
})

describe('misses', () => {
  it.each([
    [{}, { a: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { a: 1 }],
    [{ a: [{ b: 1 }, {}] }, { a: [{ b: 1, c: 2 }, { d: 3 }] }],
  ])('are empty when %j is expected and %j is there', (expected, actual) => {
    expect(misses(expected, actual)).toEqual([])
  })

  it.each([
    [{ a: 1 }, {}, [{ field: 'a', expected: 1 }]],
    [{ a: null }, {}, [{ field: 'a', expected: null }]],
    [{ a: { b: 1 } }, { a: { b: 2, c: 3 } }, [{ field: 'a.b', expected: 1, actual: 2 }]],
    [{ a: [1] }, { a: [1, 2] }, [{ field: 'a[1]', actual: 2 }]],
    [{ a: [1, 2] }, { a: [1] }, [{ field: 'a[1]', expected: 2 }]],
    [{ a: { b: 1 } }, { a: null }, [{ field: 'a', expected: { b: 1 }, actual: null }]],
    [{ toString: 1 }, {}, [{ field: 'toString', expected: 1 }]],
  ])('when %j is expected and %j is there are %j', (expected, actual, missed) => {
    expect(misses(expected, actual)).toEqual(missed)
  })
})
