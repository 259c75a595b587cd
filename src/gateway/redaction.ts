/** What of a request and its answer may be kept. A secret is taken out before that, not when it is shown. */

export const REDACTED = '[redacted]'

/** Our limit for what is kept of one body or answer, so that the journal is bounded in size and not only in number. */
export const LONGEST_KEPT = 64 * 1024

/** Our limit for how deep a value is looked into; an operation with a body refuses deeper ones itself. */
const MAX_DEPTH = 256

const HEADERS = ['content-type', 'accept', 'user-agent', 'api-version', 'x-auth-email']
const SECRET_HEADERS = ['authorization', 'x-auth-key', 'x-auth-user-service-key']

/** `tunnel_secret`, `TunnelSecret`, `token`, `X-Auth-Key`, and how clients misspell and misplace them. */
const SECRET_NAME = '(?:secret|token|password|authorization|(?:api|auth|service)[_-]?key)'
const SECRET_KEY = new RegExp(`${SECRET_NAME}$`, 'i')

/** In JSON text the end of a secret key, up to a value that is there; or the beginning of a bare answer, with the quote before it. */
const SECRET_MEMBER = new RegExp(`${SECRET_NAME}"\\s*:(?!\\s*null\\b)\\s*|result"\\s*:\\s*"`, 'gi')

/** Tunnel tokens are base64 of JSON that begins `{"a":"`, management tokens are JWTs. */
const TOKEN = /eyJhIjoi[\w+/=%-]*|(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]+/g

/** How V8 ends the refusal of a text, of which it quotes a piece before; the service's double passes it on. */
const QUOTED = ' is not valid JSON'

/** Few alternatives, and none that begins with what JSON is full of, or the search is no longer able to skip ahead. */
const SUSPECT = /secret|token|password|authorization|key"|eyJ|result"\s*:\s*"/i

/** JSON that holds none of these holds no secret. An escape could hide one, so it counts as well. */
function isSuspect(text: string): boolean {
  return text.includes('%') || text.includes('\\u') || text.includes(QUOTED) || SUSPECT.test(text)
}

/** How often a URL is unescaped to see what it hides; the SDKs escape some parameters twice. */
const MAX_ESCAPES = 3

/** JSON text without secrets, or such text about what is not kept. `shown` reads it. */
export type Kept = string

/** For what is not there. */
export const nothing: Kept = 'null'

let last: { readonly text: string; readonly kept: Kept } = { text: '', kept: '' }

/** JSON, or what this server made. Who polls gets the same text over and over, so the last one is not looked through again. */
export function keptJson(text: string): Kept {
  if (text.length > LONGEST_KEPT) return tooLong(text.length)
  if (last.text !== text) last = { text, kept: withoutSuspects(text) }
  return last.kept
}

function withoutSuspects(text: string): Kept {
  if (!isSuspect(text)) return text
  return (isPlain(text) ? withoutSecrets(text) : undefined) ?? keptValue(text)
}

/** Text of which nobody knows whether it is JSON: what is none may be a secret itself. */
export function keptValue(text: string): Kept {
  return text.length > LONGEST_KEPT ? tooLong(text.length) : JSON.stringify(redactedAnswer(shown(text)))
}

export function tooLong(size: number): Kept {
  return JSON.stringify(`[${size} characters, too long to keep]`)
}

/** In the place of a text of which nobody knows what in it is secret. */
export function noJson(size: number): Kept {
  return JSON.stringify(noJsonOf(size))
}

/** In the place of what is no text, such as a stream. */
export const noText: Kept = JSON.stringify('[no text]')

/** What is kept as a value, for who asks; most of it nobody asks for. */
export function shown(kept: Kept): unknown {
  try {
    return JSON.parse(kept)
  } catch {
    return noJsonOf(kept.length)
  }
}

function noJsonOf(size: number): string {
  return `[no JSON, ${size} characters]`
}

/** An object in which nothing is escaped, so that secrets can be taken out of its text. */
function isPlain(text: string): boolean {
  return text.startsWith('{') && text.endsWith('}') && !['\\', '%', QUOTED].some(part => text.includes(part))
}

/**
 * Undefined where that cannot be done with its text: a bare answer is one, or a secret is no string. It walks from one secret to the
 * next, since a replacement that calls back would be the dearest part of the journal of a create.
 */
function withoutSecrets(text: string): string | undefined {
  let shown = ''
  let end = 0
  SECRET_MEMBER.lastIndex = 0
  while (SECRET_MEMBER.test(text)) {
    const start = SECRET_MEMBER.lastIndex
    const close = text.indexOf('"', start + 1)
    if (text[start] !== '"' || text[start - 1] === '"' || close === -1) return undefined

    shown += `${text.slice(end, start)}"${REDACTED}"`
    end = close + 1
    SECRET_MEMBER.lastIndex = end
  }
  shown += text.slice(end)
  return shown.includes('eyJ') ? shown.replace(TOKEN, REDACTED) : shown
}

/** The headers that matter, in the spelling of Node: lower case. */
export function redactedHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const name of HEADERS) {
    if (headers[name] !== undefined) shown[name] = redactedText(String(headers[name]))
  }
  for (const name of SECRET_HEADERS) {
    if (headers[name] !== undefined) shown[name] = REDACTED
  }
  return shown
}

export function redactedText(text: string): string {
  return withoutQuote(withoutTokens(text))
}

/** A URL as it may be logged: as text, and parameters of a secret name without their value. */
export function redactedUrl(url: string): string {
  const start = url.indexOf('?')
  if (start === -1) return redactedText(url)

  const parameters = url
    .slice(start + 1)
    .split('&')
    .map(redactedParameter)
  return `${redactedText(url.slice(0, start))}?${parameters.join('&')}`
}

function redactedParameter(parameter: string): string {
  const [name = ''] = parameter.split('=', 1)
  return SECRET_KEY.test(unescaped(name)) ? `${name}=${REDACTED}` : redactedText(parameter)
}

/** A token that hides behind escapes of a URL is taken out of the unescaped text. */
function withoutTokens(text: string): string {
  const plain = unescaped(text)
  if (!plain.includes('eyJ')) return text

  const shown = text.replace(TOKEN, REDACTED)
  return unescaped(shown) === unescaped(shown).replace(TOKEN, REDACTED) ? shown : plain.replace(TOKEN, REDACTED)
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

/** A copy of a JSON value without what is secret by its key or by its look. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return '[too deep to keep]'
  return Array.isArray(value) ? value.map(item => redacted(item, depth + 1)) : redactedObject(value, depth)
}

export function redactedObject(value: object, depth = 0): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, item]) => [
    redactedText(key),
    SECRET_KEY.test(key) && item !== null ? REDACTED : redacted(item, depth + 1),
  ])
  return Object.fromEntries(entries)
}

/** Whatever answers a bare string answers a token: the token and management operations, and no other. */
function redactedAnswer(value: unknown): unknown {
  const answer = redacted(value)
  const isToken =
    typeof answer === 'object' && answer !== null && 'result' in answer && typeof answer.result === 'string'
  return isToken ? { ...answer, result: REDACTED } : answer
}
