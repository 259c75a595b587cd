/** Removes secrets from everything that can be read: request log, log, reports, explanations. */
import { isUtf8 } from 'node:buffer'
import { isObject } from '../../schemas/is-object.ts'
import { REDACTED, withoutSecretForms } from './secret-forms.ts'
import { isSecretName, isSecretPair, unescaped } from './secret-names.ts'

export { REDACTED }

/** Our limit for one logged body or response. It bounds the memory of the request log. */
export const MAX_LOGGED_CHARS = 64 * 1024

/** Our limit for nested values. Operations that read a body reject deeper ones themselves. */
const MAX_DEPTH = 256

/** Our limit for encodings within encodings: JSON in a string, base64, URL encoding. */
const MAX_ENCODINGS = 8

const HEADERS = ['content-type', 'accept', 'user-agent', 'api-version', 'x-auth-email', 'traceparent']
const SECRET_HEADERS = ['authorization', 'x-auth-key', 'x-auth-user-service-key']

/** A short text without any of these has no secret, unless all of it is one. */
const SUSPECT = /[=:@%"/\\\s]/

/** Ids and times are frequent, and as long as secrets. */
const ID_OR_TIME = /^(?:[\da-f-]{32,36}|[\d.:TZ-]{20,30})$/i

/** Our limit for base64: a shorter one has no room for the name of a secret and the secret. */
const MIN_BASE64 = 16

/** Base64 without slashes, and with slashes. Text in base64 has few, and paths have many. */
const BASE64 = /(?<![\w+-])[\w+-]{16,}={0,2}/g
const BASE64_WITH_SLASHES = /(?<![\w+/-])(?=[\w+/-]{16})[\w+-]+\/[\w+/-]*={0,2}/g

/** What text does not have: control characters, and the sign for bytes that are not UTF-8. */
const NO_TEXT = /[^\s\u0020-\u007e\u00a0-\ufffc]/

/**
 * JSON text as a value without secrets. If the text is not JSON, all of it may be a secret, so the
 * result names only its size.
 */
export function redactedJson(text: string): unknown {
  if (text.length > MAX_LOGGED_CHARS) return tooLong(text.length)
  try {
    return redactedDocument(JSON.parse(text))
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

/** A text alone has no name that says what it is. Only tokens are the `result` of a response. */
function redactedDocument(value: unknown): unknown {
  if (typeof value === 'string') return REDACTED
  const document = redacted(value)
  return isObject(document) && typeof document.result === 'string' ? { ...document, result: REDACTED } : document
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

/** An error for the log, with its causes. */
export function redactedError(error: unknown): unknown {
  if (!(error instanceof Error)) return redacted(error)

  const { name, message, stack = '', cause } = error
  const clean = new Error(redactedText(message), cause === undefined ? {} : { cause: redactedError(cause) })
  const frames = stack.split('\n').filter(line => /^\s+at /.test(line))
  const lines = [`${name}: ${clean.message}`, ...frames.map(frame => redactedText(frame))]
  return Object.assign(clean, redactedObject(error), { name, stack: lines.join('\n') })
}

/** A copy of a JSON value without values that are secret by their key or their form. */
export function redacted(value: unknown, depth = 0, encodings = 0): unknown {
  if (typeof value === 'string') return redactedText(value, encodings)
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return '[too deep to keep]'
  return Array.isArray(value)
    ? value.map(item => redacted(item, depth + 1, encodings))
    : redactedObject(value, depth, encodings)
}

export function redactedObject(value: object, depth = 0, encodings = 0): Record<string, unknown> {
  const isPair = isSecretPair(value)
  // A spread also copies `__proto__` as a key like any other.
  const clean: Record<string, unknown> = { ...value }
  for (const [key, item] of Object.entries(clean)) {
    const name = redactedText(key, encodings)
    if (name !== key) delete clean[key]
    clean[name] = isPair && key === 'value' ? REDACTED : redactedUnder(key, item, depth + 1, encodings)
  }
  return clean
}

/** The value of a key or of a path that ends with a key. */
export function redactedUnder(key: string, value: unknown, depth = 0, encodings = 0): unknown {
  return isSecretName(key) && value !== null ? REDACTED : redacted(value, depth, encodings)
}

/** A text without secrets, however often they are encoded in it. */
export function redactedText(text: string, encodings = 0): string {
  if (text.length < MIN_BASE64 ? !SUSPECT.test(text) : ID_OR_TIME.test(text)) return text
  if (encodings === MAX_ENCODINGS) return REDACTED

  return redactedJsonIn(text, encodings + 1) ?? redactedPlain(text, encodings + 1)
}

/** JSON as a text in JSON; undefined for any other text. */
function redactedJsonIn(text: string, encodings: number): string | undefined {
  if (!/^\s*[[{"]/.test(text)) return undefined
  try {
    const clean = JSON.stringify(redacted(JSON.parse(text), 0, encodings))
    // Only spaces may differ: of a key that is there twice, `clean` has the last value.
    return withoutSpaces(clean) === withoutSpaces(text) ? text : clean
  } catch {
    return undefined
  }
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, '')
}

function redactedPlain(text: string, encodings: number): string {
  const withoutSecret = (word: string): string => (isHiding(word, encodings) ? REDACTED : word)
  let clean = withoutSecretForms(text).replace(BASE64, withoutSecret)
  if (clean.includes('/')) clean = clean.replace(BASE64_WITH_SLASHES, withoutSecret)
  const plain = unescaped(clean)
  if (plain === clean) return clean

  // If the escapes still hide a secret, use the decoded text instead.
  const safe = redactedText(plain, encodings)
  return safe === plain ? clean : safe
}

/** Whether base64 has a secret in it. A name is mostly not base64 of a text. */
function isHiding(base64: string, encodings: number): boolean {
  if (ID_OR_TIME.test(base64)) return false

  const bytes = Buffer.from(base64, 'base64')
  if (!isUtf8(bytes)) return false

  const text = bytes.toString()
  return !NO_TEXT.test(text) && redactedText(text, encodings) !== text
}
