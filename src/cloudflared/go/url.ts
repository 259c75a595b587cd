/** Go's package `net/url`: Parse and Hostname, and the error texts of Parse. */

import { type Bytes, toBytes } from './bytes.ts'
import { GoError, withContext } from './error.ts'
import { parseAddress } from './netip.ts'
import { quote } from './strconv.ts'

/** The parts that decide whether an address can be a service. */
export interface Url {
  readonly scheme: string
  readonly hostname: Bytes
  /** Still escaped. */
  readonly path: Bytes
}

export function parseUrl(text: string): Url {
  const bytes = toBytes(text)
  const [reference, fragment] = cut(bytes, '#')
  const url = withContext(
    () => `parse ${quote(reference)}`,
    () => parseReference(reference),
  )
  withContext(
    () => `parse ${quote(bytes)}`,
    () => checkEscapes(fragment),
  )
  return url
}

function parseReference(reference: Bytes): Url {
  if (/[^ -~\x80-\xff]/.test(reference)) throw new GoError('net/url: invalid control character in URL')
  if (reference.startsWith(':')) throw new GoError('missing protocol scheme')

  const prefix = /^[a-z][a-z\d+.-]*:/i.exec(reference)?.[0] ?? ''
  const scheme = prefix.slice(0, -1).toLowerCase()
  const [rest] = cut(reference.slice(prefix.length), '?')

  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme, hostname: '', path: '' }
    if (cut(rest, '/')[0].includes(':')) throw new GoError('first path segment in URL cannot contain colon')
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) return withPath(scheme, '', rest)

  const [authority] = cut(rest.slice(2), '/')
  return withPath(scheme, parseAuthority(scheme, authority), rest.slice(2 + authority.length))
}

function withPath(scheme: string, hostname: Bytes, path: Bytes): Url {
  checkEscapes(path)
  return { scheme, hostname, path }
}

function parseAuthority(scheme: string, authority: Bytes): Bytes {
  const at = authority.lastIndexOf('@')
  const hostname = parseHost(scheme, authority.slice(at + 1))
  if (at >= 0) checkUserinfo(authority.slice(0, at))
  return hostname
}

function checkUserinfo(userinfo: Bytes): void {
  if (!/^[\w.~:!$&'()*+,;=%@-]*$/.test(userinfo)) throw new GoError('net/url: invalid userinfo')
  const [username, password] = cut(userinfo, ':')
  checkEscapes(username)
  checkEscapes(password)
}

function parseHost(scheme: string, host: Bytes): Bytes {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) throw new GoError('invalid IP-literal')
  if (bracket === 0) return parseIpLiteral(host)

  // Since Go 1.26 these two schemes allow one colon in a host; others may still list several hosts.
  const isStrict = scheme === 'http' || scheme === 'https'
  const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':')
  checkPort(colon < 0 ? '' : host.slice(colon))
  return unescapeHost(host).replace(/:\d*$/, '')
}

/** `[fe80::1%25en0]:80`. RFC 6874 allows more escapes in the zone than in the address. */
function parseIpLiteral(host: Bytes): Bytes {
  const close = host.lastIndexOf(']')
  if (close < 0) throw new GoError("missing ']' in host")
  checkPort(host.slice(close + 1))

  const literal = host.slice(1, close)
  const zone = literal.indexOf('%25')
  const address =
    zone < 0 ? unescapeHost(literal) : unescapeHost(literal.slice(0, zone)) + unescapeZone(literal.slice(zone))
  const { bits } = withContext(
    () => 'invalid host',
    () => parseAddress(address),
  )
  if (bits === 32) throw new GoError('invalid IP-literal')
  return address
}

function checkPort(port: Bytes): void {
  if (!/^(?::\d*)?$/.test(port)) throw new GoError(`invalid port ${quote(port)} after host`)
}

/** A host may escape only the percent sign and bytes beyond ASCII. */
function unescapeHost(text: Bytes): Bytes {
  return decodeEscapes(text, byte => byte > '\x7f')
}

/** A zone may also escape the characters of a host, and the space, which Windows uses in zones. */
function unescapeZone(text: Bytes): Bytes {
  return decodeEscapes(text, byte => byte === ' ' || isHostCharacter(byte))
}

function decodeEscapes(text: Bytes, isEscapable: (byte: Bytes) => boolean): Bytes {
  return text.replace(/%.{0,2}|[^\w.~!$&'()*+,;=:[\]<>"\x80-\xff-]/gs, piece => {
    if (!piece.startsWith('%')) throw new GoError(`invalid character ${quote(piece)} in host name`)

    checkEscapes(piece)
    const byte = String.fromCharCode(Number.parseInt(piece.slice(1), 16))
    if (piece !== '%25' && !isEscapable(byte)) throw escapeError(piece)
    return byte
  })
}

function isHostCharacter(byte: Bytes): boolean {
  return /[\w.~!$&'()*+,;=:[\]<>"-]/.test(byte)
}

function checkEscapes(text: Bytes): void {
  const invalid = /%(?![\da-f]{2}).{0,2}/is.exec(text)
  if (invalid !== null) throw escapeError(invalid[0])
}

function escapeError(sequence: Bytes): GoError {
  return new GoError(`invalid URL escape ${quote(sequence)}`)
}

/** Go's strings.Cut: the text before and after the first separator. */
function cut(text: Bytes, separator: string): [Bytes, Bytes] {
  const index = text.indexOf(separator)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}
