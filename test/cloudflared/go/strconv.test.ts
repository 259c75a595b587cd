import { describe, expect, it } from 'vitest'
import { toBytes } from '../../../src/cloudflared/go/bytes.ts'
import { GoError } from '../../../src/cloudflared/go/error.ts'
import { atoi, quote } from '../../../src/cloudflared/go/strconv.ts'

describe('quote', () => {
  it.each([
    ['plain é 日 😀', '"plain é 日 😀"'],
    ['a"b\\c', String.raw`"a\"b\\c"`],
    ['\x07\b\f\n\r\t\v', String.raw`"\a\b\f\n\r\t\v"`],
    ['\0\x1b\x7f', String.raw`"\x00\x1b\x7f"`],
    ['\u0085\u00a0\u00ad\u200b\u2028\u3000', String.raw`"\u0085\u00a0\u00ad\u200b\u2028\u3000"`],
    ['\u{e0001}\u{10ffff}', String.raw`"\U000e0001\U0010ffff"`],
    ['\ufffd', '"\ufffd"'],
  ])('shows %j as Go does', (text, quoted) => {
    expect(quote(toBytes(text))).toBe(quoted)
  })
  it('shows the bytes of an incomplete character', () => {
    expect(quote('%\xe2\x82')).toBe(String.raw`"%\xe2\x82"`)
    expect(quote('\xed\xa0\x80\xc0\x80')).toBe(String.raw`"\xed\xa0\x80\xc0\x80"`)
  })
  it('escapes characters that are newer than the Unicode version of Go', () => {
    expect(quote(toBytes('\u{1fae9}\u{2ebf0}'))).toBe(String.raw`"\U0001fae9\U0002ebf0"`)
  })
})

describe('atoi', () => {
  it.each([
    ['404', 404n],
    ['+200', 200n],
    ['-00404', -404n],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('reads %s', (text, value) => {
    expect(atoi(text)).toBe(value)
  })

  const tooLong = '18446744073709551616'
  it.each([
    ['', 'invalid syntax'],
    ['+', 'invalid syntax'],
    [' 404', 'invalid syntax'],
    ['1_000', 'invalid syntax'],
    ['٣', 'invalid syntax'],
    ['9223372036854775808', 'value out of range'],
    ['18446744073709551615x', 'invalid syntax'],
    [`${tooLong}x`, 'value out of range'],
    [`-000${tooLong}`, 'value out of range'],
  ])('rejects %j', (text, reason) => {
    expect(() => atoi(text)).toThrow(new GoError(`strconv.Atoi: parsing "${text}": ${reason}`))
  })
})
