/** IP addresses as Go's package `net/netip` reads them (ParseAddr), and what it says of those it cannot read. */

import { Refusal } from '../ingress/refusal.ts'
import type { Bytes } from './bytes.ts'
import { quote } from './strconv.ts'

export interface Address {
  readonly bits: 32 | 128
  readonly zone: Bytes
}

const ipv6Fields = 8

export function parseAddress(text: Bytes): Address {
  switch (/[.:%]/.exec(text)?.[0]) {
    case '.':
      checkIpv4(text, text)
      return { bits: 32, zone: '' }
    case ':':
      return parseIpv6(text)
    case '%':
      throw refusal(text, 'missing IPv6 address')
    default:
      throw refusal(text, 'unable to parse IP')
  }
}

/** `dotted` is all of `text`, or the end of an IPv6 address. */
function checkIpv4(dotted: Bytes, text: Bytes): void {
  let octet = ''
  let dots = 0
  for (const [index, character] of [...dotted].entries()) {
    if (/\d/.test(character)) {
      if (octet === '0') throw refusal(text, 'IPv4 field has octet with leading zero')
      octet += character
      if (Number(octet) > 255) throw refusal(text, 'IPv4 field has value >255')
    } else if (character === '.') {
      if (octet === '' || index === dotted.length - 1) {
        throw refusal(text, 'IPv4 field must have at least one digit', dotted.slice(index))
      }
      if (dots === 3) throw refusal(text, 'IPv4 address too long')
      dots += 1
      octet = ''
    } else {
      throw refusal(text, 'unexpected character', dotted.slice(index))
    }
  }
  if (dots < 3) throw refusal(text, 'IPv4 address too short')
}

function parseIpv6(text: Bytes): Address {
  const percent = text.indexOf('%')
  const zone = percent < 0 ? '' : text.slice(percent + 1)
  if (percent === text.length - 1) throw refusal(text, 'zone must be a non-empty string')

  checkIpv6(percent < 0 ? text : text.slice(0, percent), text)
  return { bits: 128, zone }
}

function checkIpv6(address: Bytes, text: Bytes): void {
  let hasEllipsis = address.startsWith('::')
  let rest = hasEllipsis ? address.slice(2) : address
  let fields = 0
  const refuse = (reason: string) => refusal(text, reason, rest)

  while (fields < ipv6Fields && rest !== '') {
    const digits = rest.search(/[^\da-f]|$/i)
    if (digits > 4) throw refuse('each group must have 4 or less digits')
    if (digits === 0) throw refuse('each colon-separated field must have at least one digit')
    if (rest[digits] === '.') {
      if (!hasEllipsis && fields !== ipv6Fields - 2) {
        throw refuse('embedded IPv4 address must replace the final 2 fields of the address')
      }
      if (fields > ipv6Fields - 2) {
        throw refuse('too many hex fields to fit an embedded IPv4 at the end of the address')
      }
      checkIpv4(rest, text)
      fields += 2
      rest = ''
      break
    }

    fields += 1
    rest = rest.slice(digits)
    if (rest === '') break
    if (rest[0] !== ':') throw refuse('unexpected character, want colon')
    if (rest === ':') throw refuse('colon must be followed by more characters')
    rest = rest.slice(1)
    if (rest[0] !== ':') continue
    if (hasEllipsis) throw refuse('multiple :: in address')
    hasEllipsis = true
    rest = rest.slice(1)
  }

  if (rest !== '') throw refuse('trailing garbage after address')
  if (fields < ipv6Fields && !hasEllipsis) throw refuse('address string too short')
  if (fields === ipv6Fields && hasEllipsis) throw refuse('the :: must expand to at least one field of zeros')
}

function refusal(text: Bytes, reason: string, at: Bytes = ''): Refusal {
  const place = at === '' ? '' : ` (at ${quote(at)})`
  return new Refusal(`ParseAddr(${quote(text)}): ${reason}${place}`)
}
