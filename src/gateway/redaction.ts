/** Removes secrets from the entries of the request log and the server's log. */
import { isObject } from '../../schemas/is-object.ts'

export const REDACTED = '[redacted]'

/** Our limit for one logged body or response. It bounds the memory of the request log. */
export const MAX_LOGGED_CHARS = 64 * 1024

/** Our limit for nested values. Operations that read a body reject deeper ones themselves. */
const MAX_DEPTH = 256

const HEADERS = ['content-type', 'accept', 'user-agent', 'api-version', 'x-auth-email']
const SECRET_HEADERS = ['authorization', 'x-auth-key', 'x-auth-user-service-key']

/** `tunnel_secret`, `TunnelSecret`, `token`, `X-Auth-Key`, and misspellings by clients. */
const SECRET_NAME = /(secret|token|password|authorization|(api|auth|service)[_-]?key)$/i

/** Tunnel tokens are base64 of JSON that starts with `{"a":"`; management tokens are JWTs. */
const TOKEN = /eyJhIjoi[\w+/=%-]*|(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]+/g

/** The part of a URL before the host: `user:password@`. */
const USER_INFO = /(?<=\/\/)[^/?#]*@/g

/** The end of V8's message about invalid JSON, which quotes part of the text before this. */
const QUOTED = ' is not valid JSON'

/** A text without any of these has no secret: a token, a parameter, a user, an escape, a quote. */
const SUSPECT = /eyJ|[=@%]| is not valid JSON/

/** How often text is URL-decoded to find secrets; the SDKs encode some parameters twice. */
const MAX_ESCAPES = 3

/**
 * JSON text as a value without secrets. If the text is not JSON, all of it may be a secret, so the
 * result names only its size.
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

function notJson(size: number): string {
  return `[no JSON, ${size} characters]`
}

/** The headers worth logging, without secrets. Names are in lower case, as in Node. */
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

/** A copy of a JSON value without values that are secret by their key or their form. */
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

/** Only operations that return a token have a string as their result. */
function redactedResponse(value: unknown): unknown {
  const response = redacted(value)
  return isObject(response) && typeof response.result === 'string' ? { ...response, result: REDACTED } : response
}

/** A text without tokens, passwords in URLs and the values of secret parameters. */
export function redactedText(text: string): string {
  if (!SUSPECT.test(text)) return text

  const clean = withoutSecrets(text)
  const plain = unescaped(clean)
  // If the encoding still hides a secret, use the decoded text instead.
  const isHiding = withoutSecrets(plain) !== plain
  return withoutQuote(isHiding ? withoutSecrets(unescaped(text)) : clean)
}

function withoutSecrets(text: string): string {
  const withoutTokens = text.includes('eyJ') ? text.replace(TOKEN, REDACTED) : text
  return /[=@]/.test(withoutTokens) ? withoutTokens.replace(/\S+/g, redactedWord) : withoutTokens
}

/** A word may be a URL or query parameters. */
function redactedWord(word: string): string {
  return word.replace(USER_INFO, `${REDACTED}@`).split('&').map(redactedParameter).join('&')
}

/**
 * A value may contain parameters itself: `next=/path?token=…`. Everything after the first secret
 * name is redacted.
 */
function redactedParameter(parameter: string): string {
  const pieces = parameter.split('=')
  const secret = pieces.findIndex(isSecretName)
  if (secret === -1 || secret === pieces.length - 1) return parameter
  return `${pieces.slice(0, secret + 1).join('=')}=${REDACTED}`
}

/** Also finds names in brackets or after a dot: `a[tunnel_secret]`, `a.token`, `token[0]`. */
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
