/**
 * Which regular expressions Go's package `regexp` compiles. The judge is re2js, a port of Go's parser. Where the two
 * differ it is shown a shadow of the pattern, which it judges as Go judges the pattern itself. The shadow has the same
 * length, so the place that re2js objects to is found again in the pattern. What a pattern matches is asked of re2js
 * too, in a spelling that means to it what the pattern means to Go.
 */

import { RE2JS, RE2JSSyntaxException, RE2Set } from 're2js'
import { Refusal } from '../refusal.ts'
import type { Bytes } from './bytes.ts'
import { isClassName } from './unicode.ts'

export const checkRegexp = (pattern: string): void => {
  const shadow = shadowOf(pattern)
  try {
    // A set only parses what is added to it. RE2JS.compile goes on to build the machine, at several times the cost.
    new RE2Set().add(shadow)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    throw new Refusal(`error parsing regexp: ${error.error}: \`${culprit(pattern, shadow, error)}\``)
  }
}

/** What Go quotes: the objectionable part, all that is too large or too deep, or the nothing after a last backslash. */
const culprit = (pattern: string, shadow: string, { error, input }: RE2JSSyntaxException): string => {
  if (input === null) return error.startsWith('expression') ? pattern : ''
  const start = shadow.endsWith(input) ? shadow.length - input.length : shadow.indexOf(input)
  return badName(error, pattern.slice(start)) ?? pattern.slice(start, start + input.length)
}

/** A bad name extends to the first closing sign, which the shadow may have lost and re2js misplaces in `[:]:]`. */
const badName = (error: string, text: string): string | undefined => {
  if (error === 'invalid named capture') return /^\(\?[^>]*>/.exec(text)?.[0]
  if (error === 'invalid character class range') return /^(?:\[:.*?:\]|\\p\{[^}]*\})/is.exec(text)?.[0]
  return undefined
}

const shadowOf = (pattern: string): string => {
  const lastPosixClass = pattern.lastIndexOf(':]')
  // Escapes and quotations are matched only to be passed over: what is in them is no group and no class.
  const tokens = /\\[pP](?:[a-zA-Z]|\{\^?[\w -]*\})|\\Q.*?(?:\\E|$)|\\.|\(\?(?:P?<(?:\w+>|$)|[imsU]+)|\[:/gs
  return pattern.replace(tokens, (token, offset: number) => {
    if (/^\\p./i.test(token)) return shadowOfUnicodeClass(token, offset)
    if (token.startsWith('(')) return shadowOfGroup(token)
    // re2js looks for the end of a class such as [:alpha:] from each start anew, in quadratic time if there is none.
    return token === '[:' && offset + 2 > lastPosixClass ? '[;' : token
  })
}

/** re2js knows each name in one spelling, and those of other scripts, and takes its time over a class like `\pL`. */
const shadowOfUnicodeClass = (token: string, offset: number): string => {
  const start = token.slice(0, 2)
  const name = token.slice(2).replace(/^\{?\^?|\}$/g, '')
  if (!isClassName(name)) return token.replace(/(?<=\{).+(?=\}$)/, body => unknownName(offset, body.length))
  if (token.length < 6) return token.replace(/[a-z](?=\}?$)/i, 'Z')
  return `${start}Z${'Z'.repeat(token.length - 6)}${start}Z`
}

/** Lone surrogates: they are not in the pattern, so this name is found in one place only. */
const unknownName = (offset: number, length: number): string => {
  return String.fromCharCode(0xd800 + (offset % 0x400)).repeat(length)
}

/**
 * Two groups may have one name in Go, so the names go, and flags that change nothing about validity take their place.
 * The flag `i` goes as well: for its sake re2js would enumerate every class.
 */
const shadowOfGroup = (token: string): string => {
  if (token.endsWith('>')) return `(?${'U'.repeat(token.length - 3)}:`
  // With nothing after it, Go does not take the bracket for the start of a name.
  if (token.endsWith('<')) return token.replace('<', '\ud800')
  return token.replaceAll('i', 'U')
}

/**
 * Go's MatchString, for a pattern that checkRegexp accepts: whether it is found anywhere in the text. Classes such as `\p{L}`
 * hold what re2js knows of Unicode, a few characters younger than Go's.
 */
export const matchRegexp = (pattern: string, text: Bytes): boolean => {
  return RE2JS.compile(respelled(pattern)).test(Uint8Array.from(text, byte => byte.charCodeAt(0)))
}

/** Group names are of no use here, and two may be the same. Escapes, quotations and classes are passed over whole. */
const respelled = (pattern: string): string => {
  const tokens = /\\Q.*?(?:\\E|$)|\\[pP]\{[^}]*\}|\\[pP].|\\.|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^\\\]])*\]|\(\?P?<\w+>/gs
  return pattern.replace(tokens, token => {
    if (token.startsWith('(')) return '('
    if (token.startsWith('[')) return respelledClass(token)
    return respelledUnicodeClass(token)
  })
}

/** A `[:` that begins no class of its own is escaped, for re2js would look for its end through the whole pattern. */
const respelledClass = (text: string): string => {
  return text.replace(/\\[pP]\{[^}]*\}|\\[pP].|\\.|\[:(?!\^?[a-z]+:\])/gs, token =>
    token === '[:' ? '[\\:' : respelledUnicodeClass(token),
  )
}

/** Go finds a class under more names than re2js does (see isClassName), such as `\p{upper-case letter}` for `\p{Lu}`. */
const respelledUnicodeClass = (token: string): string => {
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
