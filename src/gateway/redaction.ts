/**
 * Removes secrets from what the request log and the server's log keep: parse, redact, serialise.
 */
import { isObject } from '../../schemas/is-object.ts'

export const REDACTED = '[redacted]'

/** Our limit for one logged body or response, so that the request log is bounded in size too. */
export const MAX_LOGGED_CHARS = 64 * 1024

/** Our limit for nested values; an operation with a body refuses deeper ones itself. */
const MAX_DEPTH = 256

const HEADERS = ['content-type', 'accept', 'user-agent', 'api-version', 'x-auth-email']
const SECRET_HEADERS = ['authorization', 'x-auth-key', 'x-auth-user-service-key']

/** `tunnel_secret`, `TunnelSecret`, `token`, `X-Auth-Key`, and how clients misspell them. */
const SECRET_NAME = /(secret|token|password|authorization|(api|auth|service)[_-]?key)$/i

/** Tunnel tokens are base64 of JSON that begins `{"a":"`, management tokens are JWTs. */
const TOKEN = /eyJhIjoi[\w+/=%-]*|(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]+/g

/** In a URL, what stands in front of the host: `user:password@`. */
const USER_INFO = /(?<=\/\/)[^/?#]*@/g

/** The end of V8's message about broken JSON. It quotes a piece of the text before. */
const QUOTED = ' is not valid JSON'

/** How often text is unescaped to find what it hides; the SDKs escape some parameters twice. */
const MAX_ESCAPES = 3

/**
 * JSON text as a value without secrets. Text that is not JSON may be a secret as a whole, so only
 * its size is kept.
 */
export function redactedJson(text: string): unknown {
  if (text.length > MAX_LOGGED_CHARS) return tooLong(text.length)
  try {
    return redactedResponse(JSON.parse(text))
  } catch {
    return notJson(text.length)
  }
}

export function tooLong(size: number): string {
  return `[${size} characters, too long to keep]`
}

export function notJson(size: number): string {
  return `[no JSON, ${size} characters]`
}

/** The headers that matter, in Node's spelling: lower case. */
export function redactedHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const result: Record<string, string> = {}
  for (const name of HEADERS) {
    if (headers[name] !== undefined) result[name] = redactedText(String(headers[name]))
  }
  for (const name of SECRET_HEADERS) {
    if (headers[name] !== undefined) result[name] = REDACTED
  }
  return result
}

/** A copy of a JSON value, without what its key or its look reveals as secret. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return '[too deep to keep]'
  return Array.isArray(value) ? value.map(item => redacted(item, depth + 1)) : redactedObject(value, depth)
}

export function redactedObject(value: object, depth = 0): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, item]) => [
    redactedText(key),
    isSecretName(key) && item !== null ? REDACTED : redacted(item, depth + 1),
  ])
  return Object.fromEntries(entries)
}

/** Only the operations that return a token have a bare string as result. */
function redactedResponse(value: unknown): unknown {
  const response = redacted(value)
  return isObject(response) && typeof response.result === 'string' ? { ...response, result: REDACTED } : response
}

/** A text without tokens, passwords in URLs and the values of secret parameters. */
export function redactedText(text: string): string {
  const clean = withoutSecrets(text)
  const plain = unescaped(clean)
  // If escapes still hide a secret, the unescaped text takes the place of the text.
  const isHiding = withoutSecrets(plain) !== plain
  return withoutQuote(isHiding ? withoutSecrets(unescaped(text)) : clean)
}

function withoutSecrets(text: string): string {
  const withoutTokens = text.includes('eyJ') ? text.replace(TOKEN, REDACTED) : text
  return /[=@]/.test(withoutTokens) ? withoutTokens.replace(/\S+/g, redactedWord) : withoutTokens
}

/** A word may be a URL, or parameters such as those of a query. */
function redactedWord(word: string): string {
  return word.replace(USER_INFO, `${REDACTED}@`).split('&').map(redactedParameter).join('&')
}

/**
 * A value may hold parameters again: `next=/path?token=…`. The first secret name hides all that
 * follows.
 */
function redactedParameter(parameter: string): string {
  const pieces = parameter.split('=')
  const secret = pieces.findIndex(isSecretName)
  if (secret === -1 || secret === pieces.length - 1) return parameter
  return `${pieces.slice(0, secret + 1).join('=')}=${REDACTED}`
}

/** Also within brackets or after a dot: `a[tunnel_secret]`, `a.token`, `token[0]`. */
function isSecretName(text: string): boolean {
  const name = unescaped(text)
  return name
    .slice(name.lastIndexOf('?') + 1)
    .split(/[[\].]/)
    .some(part => SECRET_NAME.test(part))
}

function unescaped(text: string, times = MAX_ESCAPES): string {
  if (times === 0 || !text.includes('%')) return text

  const plain = text.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return unescaped(plain, times - 1)
}

function withoutQuote(text: string): string {
  const end = text.lastIndexOf(QUOTED)
  const start = end === -1 ? -1 : text.indexOf('"')
  return start === -1 || start > end ? text : `${text.slice(0, start)}${REDACTED}${text.slice(end)}`
}
