/** Go's package `net/netip`: ParseAddr, which reads IP addresses, and its error texts. */

import type { Bytes } from './bytes.ts'
import { GoError } from './error.ts'
import { quote } from './strconv.ts'

export interface Address {
  readonly bits: 32 | 128
  readonly zone: Bytes
}

const IPV6_FIELDS = 8

export function parseAddress(text: Bytes): Address {
  switch (/[.:%]/.exec(text)?.[0]) {
    case '.':
      checkIpv4(text, text)
      return { bits: 32, zone: '' }
    case ':':
      return parseIpv6(text)
    case '%':
      throw addressError(text, 'missing IPv6 address')
    default:
      throw addressError(text, 'unable to parse IP')
  }
}

/** `dotted` is all of `text`, or the last part of an IPv6 address. */
function checkIpv4(dotted: Bytes, text: Bytes): void {
  let octet = ''
  let dots = 0
  for (const [index, character] of [...dotted].entries()) {
    if (/\d/.test(character)) {
      if (octet === '0') throw addressError(text, 'IPv4 field has octet with leading zero')
      octet += character
      if (Number(octet) > 255) throw addressError(text, 'IPv4 field has value >255')
    } else if (character === '.') {
      if (octet === '' || index === dotted.length - 1) {
        throw addressError(text, 'IPv4 field must have at least one digit', dotted.slice(index))
      }
      if (dots === 3) throw addressError(text, 'IPv4 address too long')
      dots += 1
      octet = ''
    } else {
      throw addressError(text, 'unexpected character', dotted.slice(index))
    }
  }
  if (dots < 3) throw addressError(text, 'IPv4 address too short')
}

function parseIpv6(text: Bytes): Address {
  const percent = text.indexOf('%')
  const zone = percent < 0 ? '' : text.slice(percent + 1)
  if (percent === text.length - 1) throw addressError(text, 'zone must be a non-empty string')

  checkIpv6(percent < 0 ? text : text.slice(0, percent), text)
  return { bits: 128, zone }
}

function checkIpv6(address: Bytes, text: Bytes): void {
  let hasEllipsis = address.startsWith('::')
  let rest = hasEllipsis ? address.slice(2) : address
  let fields = 0
  const errorHere = (reason: string) => addressError(text, reason, rest)

  while (fields < IPV6_FIELDS && rest !== '') {
    const digits = rest.search(/[^\da-f]|$/i)
    if (digits > 4) throw errorHere('each group must have 4 or less digits')
    if (digits === 0) throw errorHere('each colon-separated field must have at least one digit')
    if (rest[digits] === '.') {
      if (!hasEllipsis && fields !== IPV6_FIELDS - 2) {
        throw errorHere('embedded IPv4 address must replace the final 2 fields of the address')
      }
      if (fields > IPV6_FIELDS - 2) {
        throw errorHere('too many hex fields to fit an embedded IPv4 at the end of the address')
      }
      checkIpv4(rest, text)
      fields += 2
      rest = ''
      break
    }

    fields += 1
    rest = rest.slice(digits)
    if (rest === '') break
    if (rest[0] !== ':') throw errorHere('unexpected character, want colon')
    if (rest === ':') throw errorHere('colon must be followed by more characters')
    rest = rest.slice(1)
    if (rest[0] !== ':') continue
    if (hasEllipsis) throw errorHere('multiple :: in address')
    hasEllipsis = true
    rest = rest.slice(1)
  }

  if (rest !== '') throw errorHere('trailing garbage after address')
  if (fields < IPV6_FIELDS && !hasEllipsis) throw errorHere('address string too short')
  if (fields === IPV6_FIELDS && hasEllipsis) throw errorHere('the :: must expand to at least one field of zeros')
}

function addressError(text: Bytes, reason: string, at: Bytes = ''): GoError {
  const place = at === '' ? '' : ` (at ${quote(at)})`
  return new GoError(`ParseAddr(${quote(text)}): ${reason}${place}`)
}
