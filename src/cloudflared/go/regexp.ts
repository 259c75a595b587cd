/**
 * Go's package `regexp`: what an expression matches. re2js does the matching. It gets the
 * expression in a spelling that means the same to re2js as the original means to Go.
 */

import { RE2JS } from 're2js'
import type { Bytes } from './bytes.ts'
import { checkRegexp } from './syntax.ts'

/**
 * Go's MatchString, for a pattern that checkRegexp accepts: whether it matches anywhere in the
 * text. Classes such as `\p{L}` follow the Unicode version of re2js, which has a few more
 * characters than Go's.
 */
export function matchRegexp(pattern: string, text: Bytes): boolean {
  return RE2JS.compile(respell(pattern)).test(Uint8Array.from(text, byte => byte.charCodeAt(0)))
}

/**
 * An upper bound for the time of matchRegexp, in steps of about 100 ns (measured). re2js compiles
 * the expression once and may run each instruction on each character of the text. Classes such as
 * `\p{L}` have hundreds of ranges.
 */
export function maxStepsToMatch(pattern: string, text: Bytes): number {
  const unicodeClasses = pattern.split(/\\p/i).length - 1
  return checkRegexp(pattern) * (150 + text.length) + unicodeClasses * 1_500 + pattern.length * 3
}

/**
 * Removes group names: matching does not need them, and re2js allows no duplicates. The tokens for
 * escapes, quotations and classes keep a `(?P<` inside them from being read as a group.
 */
function respell(pattern: string): string {
  const tokens = /\\Q.*?(?:\\E|$)|\\[pP]\{[^}]*\}|\\[pP].|\\.|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^\\\]])*\]|\(\?P?<\w+>/gs
  return pattern.replace(tokens, token => {
    if (token.startsWith('(')) return '('
    if (token.startsWith('[')) return respellClass(token)
    return respellUnicodeClass(token)
  })
}

/**
 * Escapes a `[:` that starts no POSIX class: re2js would search the whole pattern for its end.
 */
function respellClass(text: string): string {
  return text.replace(/\\[pP]\{[^}]*\}|\\[pP].|\\.|\[:(?!\^?[a-z]+:\])/gs, token =>
    token === '[:' ? '[\\:' : respellUnicodeClass(token),
  )
}

/**
 * Go knows a class by more names than re2js (see isClassName): `\p{upper-case letter}` is `\p{Lu}`.
 */
function respellUnicodeClass(token: string): string {
  const [, start, negation, name = ''] = /^(\\[pP])\{?(\^?)(.*?)\}?$/s.exec(token) ?? []
  if (start === undefined) return token

  const bare = name.replace(/[_ -]/g, '')
  const title = bare.slice(0, 1).toUpperCase() + bare.slice(1).toLowerCase()
  return `${start}{${negation}${SHORT_NAMES.get(title) ?? title}}`
}

/** The long name of each general category, with its short name. */
const SHORT_NAMES = new Map(
  `
    Casedletter Lc, Closepunctuation Pe, Cntrl Cc, Combiningmark M, Connectorpunctuation Pc, Control Cc,
    Currencysymbol Sc, Dashpunctuation Pd, Decimalnumber Nd, Digit Nd, Enclosingmark Me, Finalpunctuation Pf, Format Cf,
    Initialpunctuation Pi, Letter L, Letternumber Nl, Lineseparator Zl, Lowercaseletter Ll, Mark M, Mathsymbol Sm,
    Modifierletter Lm, Modifiersymbol Sk, Nonspacingmark Mn, Number N, Openpunctuation Ps, Other C, Otherletter Lo,
    Othernumber No, Otherpunctuation Po, Othersymbol So, Paragraphseparator Zp, Privateuse Co, Punct P, Punctuation P,
    Separator Z, Spaceseparator Zs, Spacingmark Mc, Surrogate Cs, Symbol S, Titlecaseletter Lt, Unassigned Cn,
    Uppercaseletter Lu
  `
    .trim()
    .split(/,\s+/)
    .map(pair => pair.split(' '))
    .map(([long = '', short = '']) => [long, short]),
)
