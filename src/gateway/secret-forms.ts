/** Removes secrets from text by their form and by the name before them. */
import { MAYBE_NAMED, startOfSecret } from './secret-names.ts'

export const REDACTED = '[redacted]'

/** Tunnel tokens are base64 of JSON, which starts with `{"`; JWTs have three such parts. */
const TOKEN = /eyJ(?:hIjoi|[\w+/=%-]{13})[\w+/=%-]*(?:\.[\w-]+)*/g

/** `Bearer …`, as in the Authorization header. */
const BEARER = /\b(bearer\s+)[\w.~+/=-]{8,}/gi

/** Private keys, and the token in cloudflared's `cert.pem`. */
const PEM = /-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g

/** The part of a URL before the host: `user:password@`. */
const USER_INFO = /(?<=\/\/)[^/?#\s]*@/g

/** The same with characters that must be escaped: neither a host nor a port. */
const BROKEN_USER_INFO = /\/\/[^\s/?#@[\]]*:(?!\d*(?:[\s/?#"'),]|$))/

/** An error message quotes the value of the request. Short numbers are limits of pages. */
const QUOTED_VALUE = /(?<=invalid (?:type|value): [a-z ]+ )(?:\\*"(?!\\*").*"|`[^`]{6,}`)/s

/** The end of V8's message about invalid JSON, which quotes part of the text before this. */
const QUOTED_JSON = ' is not valid JSON'

export function withoutSecretForms(text: string): string {
  let clean = text
  if (clean.includes('-----BEGIN ')) clean = clean.replace(PEM, REDACTED)
  if (clean.includes('eyJ')) clean = clean.replace(TOKEN, REDACTED)
  if (clean.includes(' ')) clean = clean.replace(BEARER, `$1${REDACTED}`).replace(QUOTED_VALUE, REDACTED)
  if (clean.includes('@')) clean = withoutUserInfo(clean)
  if (MAYBE_NAMED.test(clean)) clean = withoutAssigned(clean)
  return clean.includes(QUOTED_JSON) ? withoutQuotedJson(clean) : clean
}

export function withoutUserInfo(text: string): string {
  const clean = text.replace(USER_INFO, `${REDACTED}@`).replace(/[^\s"'&?/]+/g, withoutBareUserInfo)
  const broken = clean.search(BROKEN_USER_INFO)
  return broken === -1 || !clean.includes('@', broken) ? clean : `${clean.slice(0, broken)}//${REDACTED}`
}

/** `user:password@host`, without a scheme. */
function withoutBareUserInfo(word: string): string {
  const [colon, at] = [word.indexOf(':'), word.lastIndexOf('@')]
  if (colon === -1 || at < colon) return word
  return `${word.slice(0, word.lastIndexOf('=', colon) + 1)}${REDACTED}${word.slice(at)}`
}

/**
 * Without the values after secret names. A parameter ends at `&`; where another value ends is
 * unknown, so the rest of the text is redacted.
 */
function withoutAssigned(text: string): string {
  const clean: string[] = []
  for (const parameter of text.split('&')) {
    const start = startOfSecret(parameter)
    clean.push(start === undefined ? parameter : `${parameter.slice(0, start)}${REDACTED}`)
    if (start !== undefined && parameter[start - 1] !== '=') break
  }
  return clean.join('&')
}

function withoutQuotedJson(text: string): string {
  const end = text.lastIndexOf(QUOTED_JSON)
  const start = text.indexOf('"')
  return start === -1 || start > end ? text : `${text.slice(0, start)}${REDACTED}${text.slice(end)}`
}
