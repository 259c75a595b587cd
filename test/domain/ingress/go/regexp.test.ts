import { describe, expect, it } from 'vitest'
import { checkRegexp } from '../../../../src/domain/ingress/go/regexp.ts'

describe('checkRegexp accepts what Go compiles', { tags: ['ingress_path'] }, () => {
  it.each([
    ['^/api/v[0-9]+$'],
    ['(?P<n>a)(?<n>b)(?<toString>c)(?<__proto__>d)'],
    [String.raw`\p{greek}\pl\P{upper-case letter}[\p{ascii}-z]`],
    [String.raw`\Q(?<n>*\E[(?<n>]`],
    ['(?i)[[:alpha:]](?i-s:a)'],
    ['[[:]'],
    ['(a{10}){100}'],
    ['a{,2}{'],
  ])('%s', pattern => {
    expect(() => checkRegexp(pattern)).not.toThrow()
  })
})

describe('checkRegexp refuses in the words of Go', { tags: ['ingress_path'] }, () => {
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
    ['a**', 'invalid nested repetition operator', '**'],
    ['('.repeat(1001) + ')'.repeat(1001), 'expression nests too deeply', '('.repeat(1001) + ')'.repeat(1001)],
  ])('%.40s', (pattern, reason, culprit) => {
    expect(() => checkRegexp(pattern)).toThrow(new Error(`error parsing regexp: ${reason}: \`${culprit}\``))
  })
})
