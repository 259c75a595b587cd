import { describe, expect, it } from 'vitest'
import { GoError } from '../../../src/cloudflared/go/error.ts'
import { checkRegexp } from '../../../src/cloudflared/go/syntax.ts'

describe('checkRegexp accepts an expression that Go compiles', { tags: ['ingress_path'] }, () => {
  it.each([
    ['^/api/v[0-9]+$'],
    ['(?P<n>a)(?<n>b)(?<toString>c)(?<__proto__>d)'],
    [String.raw`\p{greek}\pl\P{upper-case letter}[\p{ascii}-z]`],
    [String.raw`\Q(?<n>*\E[(?<n>]`],
    ['(?i)[[:alpha:]](?i-s:a)'],
    ['[[:]'],
    ['(a{10}){100}'],
    ['a{,2}{'],
    ['[[:]a:b'],
    ['a{1000}'.repeat(3355)],
    [`(?:${'a'.repeat(10_000)}){1000}b*`],
    [`${'(?:'.repeat(999)}a${')*'.repeat(999)}`],
    [`${'(?:'.repeat(100_000)}a${')'.repeat(100_000)}`],
  ])('%.40s', pattern => {
    expect(() => checkRegexp(pattern)).not.toThrow()
  })
})

describe('checkRegexp rejects an invalid expression with the error text of Go', { tags: ['ingress_path'] }, () => {
  it.each([
    ['a\\', 'trailing backslash at end of expression', ''],
    ['(?P<', 'invalid or unsupported Perl syntax', '(?P'],
    ['(?<', 'invalid or unsupported Perl syntax', '(?<'],
    ['??(?<', 'missing argument to repetition operator', '??'],
    ['(?iz', 'invalid or unsupported Perl syntax', '(?iz'],
    ['(?<=a)(?<n>b)', 'invalid named capture', '(?<=a)(?<n>'],
    ['((?P<n>a)', 'missing closing )', '((?P<n>a)'],
    ['(?P<n>a))', 'unexpected )', '(?P<n>a))'],
    [String.raw`[\pL][\pN`, 'missing closing ]', String.raw`[\pN`],
    [String.raw`\p{Old_Italic}`, 'invalid character class range', String.raw`\p{Old_Italic}`],
    [String.raw`\p{Garay}`, 'invalid character class range', String.raw`\p{Garay}`],
    [String.raw`\p{é(?<n>`, 'invalid character class range', String.raw`\p{é(?<n>`],
    ['[[:foo:]]', 'invalid character class range', '[:foo:]'],
    ['(a{11}){100}', 'invalid repeat count', '{100}'],
    [String.raw`\p{-}\p{_}`, 'invalid character class range', String.raw`\p{-}`],
    ['[[:[:]', 'invalid character class range', '[:[:]'],
    ['[[:al^pha:]]', 'invalid character class range', '[:al^pha:]'],
    ['\\p{ſc}', 'invalid character class range', '\\p{ſc}'],
    ['a{1001}', 'invalid repeat count', '{1001}'],
    [String.raw`\x{110000}`, 'invalid escape sequence', String.raw`\x{110000`],
    ['(?i-)', 'invalid or unsupported Perl syntax', '(?i-)'],
    ['a{1000}'.repeat(3356), 'expression too large', 'a{1000}'.repeat(3356)],
    ['((a{100}){10}){10}', 'invalid repeat count', '{10}'],
    ['a**', 'invalid nested repetition operator', '**'],
    ['('.repeat(1001) + ')'.repeat(1001), 'expression nests too deeply', '('.repeat(1001) + ')'.repeat(1001)],
  ])('%.40s', (pattern, reason, culprit) => {
    expect(() => checkRegexp(pattern)).toThrow(new GoError(`error parsing regexp: ${reason}: \`${culprit}\``))
  })
})

describe('checkRegexp takes less than a second for 256 KiB of', () => {
  it.each([
    ['.'],
    ['a*'],
    ['()'],
    ['(|'],
    ['(a|'],
    [String.raw`\pL`],
    ['[^a-z]'],
    ['[[:'],
    ['a{1,'],
    ['(?:a*b*){2}'],
    ['(?i)[\u0100-\u{10fffe}]'],
    [String.raw`\Q`],
  ])('%s', unit => {
    expect(millisecondsFor(unit.repeat(2 ** 18 / unit.length))).toBeLessThan(1_000)
  })

  it('alternatives with a common prefix', () => {
    const patterns = Array.from({ length: 1_000 }, (_, length) => '.'.repeat(length))

    expect(millisecondsFor(patterns.join('|'))).toBeLessThan(1_000)
  })
})

function millisecondsFor(pattern: string): number {
  const start = performance.now()
  try {
    checkRegexp(pattern)
  } catch {
    // Only the time matters here, not whether the expression is valid.
  }
  return performance.now() - start
}
