/** URLs as Go's package `net/url` parses them: Parse and Hostname, with Go's complaint about what it cannot parse. */

import { inContext, Refusal } from '../ingress/refusal.ts'
import { type Bytes, toBytes } from './bytes.ts'
import { parseAddress } from './netip.ts'
import { quote } from './strconv.ts'

/** Those parts that decide whether an address can be a service. */
export interface Url {
  readonly scheme: string
  readonly hostname: Bytes
  /** Still escaped. */
  readonly path: Bytes
}

/** Nearly every address: there is nothing in it to unescape and nothing to object to. */
const PLAIN = /^([a-z][a-z\d+.-]*):\/\/([\w.-]+)(?::\d*)?$/i

export function parseUrl(text: string): Url {
  const [, scheme, hostname] = PLAIN.exec(text) ?? []
  if (scheme !== undefined && hostname !== undefined) return { scheme: scheme.toLowerCase(), hostname, path: '' }

  const bytes = toBytes(text)
  const [reference, fragment] = cut(bytes, '#')
  const url = inContext(
    () => `parse ${quote(reference)}`,
    () => parseReference(reference),
  )
  inContext(
    () => `parse ${quote(bytes)}`,
    () => checkEscapes(fragment),
  )
  return url
}

function parseReference(reference: Bytes): Url {
  if (/[^ -~\x80-\xff]/.test(reference)) throw new Refusal('net/url: invalid control character in URL')
  if (reference.startsWith(':')) throw new Refusal('missing protocol scheme')

  const prefix = /^[a-z][a-z\d+.-]*:/i.exec(reference)?.[0] ?? ''
  const scheme = prefix.slice(0, -1).toLowerCase()
  const [rest] = cut(reference.slice(prefix.length), '?')

  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme, hostname: '', path: '' }
    if (cut(rest, '/')[0].includes(':')) throw new Refusal('first path segment in URL cannot contain colon')
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
  if (!/^[\w.~:!$&'()*+,;=%@-]*$/.test(userinfo)) throw new Refusal('net/url: invalid userinfo')
  const [username, password] = cut(userinfo, ':')
  checkEscapes(username)
  checkEscapes(password)
}

function parseHost(scheme: string, host: Bytes): Bytes {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) throw new Refusal('invalid IP-literal')
  if (bracket === 0) return parseIpLiteral(host)

  // Since Go 1.26 the hosts of these two schemes have one colon at most; others may still list several hosts.
  const isStrict = scheme === 'http' || scheme === 'https'
  const colon = isStrict ? host.indexOf(':') : host.lastIndexOf(':')
  checkPort(colon < 0 ? '' : host.slice(colon))
  return unescapeHost(host).replace(/:\d*$/, '')
}

/** `[fe80::1%25en0]:80`, where RFC 6874 lets the zone be escaped more freely than the address. */
function parseIpLiteral(host: Bytes): Bytes {
  const close = host.lastIndexOf(']')
  if (close < 0) throw new Refusal("missing ']' in host")
  checkPort(host.slice(close + 1))

  const literal = host.slice(1, close)
  const zone = literal.indexOf('%25')
  const address =
    zone < 0 ? unescapeHost(literal) : unescapeHost(literal.slice(0, zone)) + unescapeZone(literal.slice(zone))
  const { bits } = inContext(
    () => 'invalid host',
    () => parseAddress(address),
  )
  if (bits === 32) throw new Refusal('invalid IP-literal')
  return address
}

function checkPort(port: Bytes): void {
  if (!/^(?::\d*)?$/.test(port)) throw new Refusal(`invalid port ${quote(port)} after host`)
}

/** In a host only bytes beyond ASCII can be escaped, and the percent sign. */
function unescapeHost(text: Bytes): Bytes {
  return unescaped(text, byte => byte > '\x7f')
}

/** In a zone also what could stand there unescaped, and the space, which Windows puts there. */
function unescapeZone(text: Bytes): Bytes {
  return unescaped(text, byte => byte === ' ' || isHostCharacter(byte))
}

function unescaped(text: Bytes, isEscapable: (byte: Bytes) => boolean): Bytes {
  if (PLAIN_HOST.test(text)) return text

  return text.replace(/%.{0,2}|./gs, piece => {
    if (!piece.startsWith('%')) {
      if (piece <= '\x7f' && !isHostCharacter(piece)) {
        throw new Refusal(`invalid character ${quote(piece)} in host name`)
      }
      return piece
    }
    checkEscapes(piece)
    const byte = String.fromCharCode(Number.parseInt(piece.slice(1), 16))
    if (piece !== '%25' && !isEscapable(byte)) throw invalidEscape(piece)
    return byte
  })
}

/** Nearly every host: there is nothing to unescape and nothing to object to. */
const PLAIN_HOST = /^[\w.~!$&'()*+,;=:[\]<>"-]*$/

function isHostCharacter(byte: Bytes): boolean {
  return /[\w.~!$&'()*+,;=:[\]<>"-]/.test(byte)
}

function checkEscapes(text: Bytes): void {
  const broken = /%(?![\da-f]{2}).{0,2}/is.exec(text)
  if (broken !== null) throw invalidEscape(broken[0])
}

function invalidEscape(sequence: Bytes): Refusal {
  return new Refusal(`invalid URL escape ${quote(sequence)}`)
}

/** What stands before and after the first separator. */
function cut(text: Bytes, separator: string): [Bytes, Bytes] {
  const index = text.indexOf(separator)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}
