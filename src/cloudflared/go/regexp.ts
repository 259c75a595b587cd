/**
 * What a regular expression of Go's package `regexp` matches. The machine is that of re2js, which is shown a spelling that means to
 * it what the expression means to Go.
 */

import { RE2JS } from 're2js'
import type { Bytes } from './bytes.ts'
import { checkRegexp } from './syntax.ts'

/**
 * Go's MatchString, for a pattern that checkRegexp accepts: whether it is found anywhere in the text. Classes such as `\p{L}`
 * hold what re2js knows of Unicode, a few characters younger than Go's.
 */
export function matchRegexp(pattern: string, text: Bytes): boolean {
  return RE2JS.compile(respelled(pattern)).test(Uint8Array.from(text, byte => byte.charCodeAt(0)))
}

/**
 * How long matchRegexp takes at most, in steps of some 100 ns (measured): the expression is read and the machine built once, and each character of the text
 * meets each of its instructions. Classes such as `\p{L}` have hundreds of ranges.
 */
export function stepsToMatch(pattern: string, text: Bytes): number {
  const unicodeClasses = pattern.split(/\\p/i).length - 1
  return checkRegexp(pattern) * (150 + text.length) + unicodeClasses * 1_500 + pattern.length * 3
}

/** Group names are of no use here, and two may be the same. Escapes, quotations and classes are passed over whole. */
function respelled(pattern: string): string {
  const tokens = /\\Q.*?(?:\\E|$)|\\[pP]\{[^}]*\}|\\[pP].|\\.|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^\\\]])*\]|\(\?P?<\w+>/gs
  return pattern.replace(tokens, token => {
    if (token.startsWith('(')) return '('
    if (token.startsWith('[')) return respelledClass(token)
    return respelledUnicodeClass(token)
  })
}

/** A `[:` that begins no class of its own is escaped, for re2js would look for its end through the whole pattern. */
function respelledClass(text: string): string {
  return text.replace(/\\[pP]\{[^}]*\}|\\[pP].|\\.|\[:(?!\^?[a-z]+:\])/gs, token =>
    token === '[:' ? '[\\:' : respelledUnicodeClass(token),
  )
}

/** Go finds a class under more names than re2js does (see isClassName), such as `\p{upper-case letter}` for `\p{Lu}`. */
function respelledUnicodeClass(token: string): string {
  const [, start, negation, name = ''] = /^(\\[pP])\{?(\^?)(.*?)\}?$/s.exec(token) ?? []
  if (start === undefined) return token

  const bare = name.replace(/[_ -]/g, '')
  const title = bare.slice(0, 1).toUpperCase() + bare.slice(1).toLowerCase()
  return `${start}{${negation}${categories.get(title) ?? title}}`
}

/** The long names of the general categories, each before its short one. */
const categories = new Map(
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
