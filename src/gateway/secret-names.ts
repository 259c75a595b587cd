/** Finds names of secrets: of keys, parameters and headers, and within text. */

const WORDS =
  'secret|token|passw(?:or)?d|passphrase|pwd|authorization|cookie|jwt|(?:api|auth|service|private|access|signing)[^a-z\\d]*key'

/**
 * A name with any of these words is secret: `tunnel_secret`, `TunnelSecret`, `a[token]`,
 * `X-Auth-Key`, and misspellings by clients. `s` is the key of the secret in a tunnel token.
 */
const SECRET_NAME = new RegExp(`${WORDS}|^-*s$|[[.]s\\]?$`, 'i')

/** Text without any of these has no name of a secret. */
export const MAYBE_NAMED = new RegExp(`${WORDS}|[%\\\\]|\\bs\\W{0,4}[:=,]`, 'i')

/** Path segments before a secret: `/token/…`. */
const SECRET_SEGMENT = /^(?:secret|token|password)$/i

const PORT = /^\d{1,5}$/

/** How the reasons in error messages begin: `tunnel_secret: must be base64`. */
const COMPLAINT = /^(?:must|expected|invalid|missing|unknown)$/

/** How often a name is URL-decoded; the SDKs encode some parameters twice. */
const MAX_ESCAPES = 8

const ESCAPE = /%([\da-f]{2})|\\{1,32}u([\da-f]{4})/gi

/** Undoes one level of URL encoding, and JSON's escapes of characters. */
export function unescaped(text: string): string {
  if (!text.includes('%') && !text.includes('\\')) return text

  return text.replace(ESCAPE, (_, byte?: string, unit?: string) =>
    String.fromCharCode(Number.parseInt(byte ?? unit ?? '', 16)),
  )
}

export function isSecretName(name: string, escapes = 0): boolean {
  if (SECRET_NAME.test(name)) return true

  const plain = unescaped(name)
  return plain !== name && (escapes === MAX_ESCAPES || isSecretName(plain, escapes + 1))
}

/** `{ "name": "tunnel_secret", "value": … }`, as in lists of variables and headers. */
export function isSecretPair(value: object): boolean {
  if (!('value' in value)) return false
  const names: readonly unknown[] = ['name' in value && value.name, 'key' in value && value.key]
  return names.some(name => typeof name === 'string' && isSecretName(name))
}

/** What separates names and values in URLs, JSON, YAML, headers and command lines. */
const SEPARATORS = /([\s"'`,;:=?(){}\\/]+)/

/**
 * The index where the value after the first secret name starts; undefined if there is none:
 * `token=…`, `"token":"…"`, `Authorization: …`, `--token …`, `/token/…`, `name: token, value: …`.
 */
export function startOfSecret(text: string): number | undefined {
  const parts = text.split(SEPARATORS)
  let start = 0
  let isNamed = false
  for (let index = 0; index + 2 < parts.length; index += 2) {
    const [name = '', separator = '', next = ''] = parts.slice(index, index + 3)
    const whole = /^key$/i.test(name) ? `${parts[index - 2]} ${name}` : name
    const isSecret: boolean = isSecretName(whole) || (isNamed && name === 'value')
    start += name.length + separator.length
    if (isSecret && start < text.length && introducesValue(name, separator, next, parts[index - 1])) return start
    isNamed ||= isSecret
  }
  return undefined
}

function introducesValue(name: string, separator: string, next: string, before = ''): boolean {
  if (separator.startsWith('/')) return before.endsWith('/') && SECRET_SEGMENT.test(name)
  if (name.startsWith('-') && separator.trim() === '') return true
  return isAssignment(separator, next)
}

/** A colon also ends the scheme and the host of a URL, and comes before what is wrong with a value. */
function isAssignment(separator: string, next: string): boolean {
  if (separator.includes('=')) return true
  if (separator.startsWith('://') || !separator.includes(':')) return false
  return separator === ':' ? !PORT.test(next) : separator.trim() !== ':' || !COMPLAINT.test(next)
}
