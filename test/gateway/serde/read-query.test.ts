/** The texts are measured with serde_urlencoded 0.7.1, uuid 1.29.3 and chrono 0.4.45. */
import { describe, expect, it } from 'vitest'
import { TunnelListQuery } from '../../../schemas/tunnel.ts'
import { readQuery } from '../../../src/gateway/serde/read-query.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

describe('a parameter of the wrong form', { tags: ['query_refused'] }, () => {
  it.each([
    ['', 'invalid length: found 0'],
    ['abc', 'invalid length: found 3'],
    [`${ID}${ID}`, 'invalid length: found 72'],
    ['mytunnel', 'invalid character: found `m` at 0'],
    ['ü', 'invalid character: found `ü` at 0'],
    ['f70ff985 a4ef', 'invalid character: found ` ` at 8'],
    [`${ID.slice(0, -1)}g`, 'invalid character: found `g` at 35'],
    ['f70ff985-a4ef-4643-bbbc', 'invalid group count: expected 5, found 4'],
    [`-${ID}`, 'invalid group count: expected 5, found 6'],
    ['f70ff985a-4ef-4643-bbbc-4a0ed4fc8415', 'invalid group length in group 0: expected 8, found 9'],
    [`${ID}5`, 'invalid group length in group 4: expected 12, found 13'],
  ])('is refused as the uuid crate does: %s', (uuid, text) => {
    expect(() => readQuery(TunnelListQuery, { uuid })).toThrow(new Error(`UUID parsing failed: ${text}`))
  })

  it.each([
    ['', 'premature end of input'],
    ['2019', 'premature end of input'],
    ['2019-10-12T07:20:50', 'premature end of input'],
    ['2019-10-12T07:20:50Zx', 'trailing input'],
    ['2019-13-12T07:20:50Z', 'input is out of range'],
    ['2019-02-30T07:20:50Z', 'input is out of range'],
    ['2019-10-12T07:20:50+25:00', 'input is out of range'],
    ['1570864850', 'input contains invalid characters'],
    ['2019/10/12', 'input contains invalid characters'],
    ['2019-10-12T07:20:50 01:00', 'input contains invalid characters'],
  ])('is refused as the chrono crate does: %s', (existed_at, text) => {
    expect(() => readQuery(TunnelListQuery, { existed_at })).toThrow(new Error(text))
  })

  it.each([
    [{ page: '+' }, 'invalid digit found in string'],
    [{ page: ' 5' }, 'invalid digit found in string'],
    [{ page: '4294967296' }, 'number too large to fit in target type'],
    [{ page: ['1', '1'] }, 'duplicate field `page`'],
    [{ is_deleted: 'TRUE' }, 'provided string was not `true` or `false`'],
    [
      { name: 'a', status: 'x', page: 'y' },
      'unknown variant `x`, expected one of `inactive`, `degraded`, `healthy`, `down`',
    ],
  ])('is refused as serde_urlencoded does: %j', (query, text) => {
    expect(() => readQuery(TunnelListQuery, query)).toThrow(new Error(text))
  })
})

describe('a query', () => {
  it.each([ID, ID.toUpperCase(), ID.replaceAll('-', ''), `{${ID}}`, `urn:uuid:${ID}`])(
    'may have a UUID in each form of the uuid crate: %s',
    { tags: ['query_refused'] },
    uuid => {
      expect(readQuery(TunnelListQuery, { uuid })).toMatchObject({ uuid: ID })
    },
  )

  it('gets defaults, and keeps what nobody declared', { tags: ['unread_ignored'] }, () => {
    const query = JSON.parse('{"page":"+2","is_deleted":"","__proto__":"x","colour":["a","b"]}')

    expect(JSON.stringify(readQuery(TunnelListQuery, query))).toBe(
      '{"per_page":1000,"page":2,"__proto__":"x","colour":["a","b"]}',
    )
  })
})
