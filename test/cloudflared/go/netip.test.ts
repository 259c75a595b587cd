import { describe, expect, it } from 'vitest'
import { GoError } from '../../../src/cloudflared/go/error.ts'
import { isCidr, isHostPort } from '../../../src/cloudflared/go/net.ts'
import { parseAddress } from '../../../src/cloudflared/go/netip.ts'

describe('parseAddress', () => {
  it.each([
    ['1.2.3.4', { bits: 32, zone: '' }],
    ['::', { bits: 128, zone: '' }],
    ['::ffff:1.2.3.4', { bits: 128, zone: '' }],
    ['1:2:3:4:5:6:7::', { bits: 128, zone: '' }],
    ['fe80::1%en0', { bits: 128, zone: 'en0' }],
  ])('reads %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address)
  })

  it.each([
    ['', 'unable to parse IP'],
    ['%x', 'missing IPv6 address'],
    ['1.2.3', 'IPv4 address too short'],
    ['1.2.3.4.5', 'IPv4 address too long'],
    ['1.2.3.04', 'IPv4 field has octet with leading zero'],
    ['1.2.3.256', 'IPv4 field has value >255'],
    ['1..2.3', 'IPv4 field must have at least one digit (at ".2.3")'],
    ['1.2.3.4%e', 'unexpected character (at "%e")'],
    ['::1%', 'zone must be a non-empty string'],
    ['1:2', 'address string too short'],
    ['1::2::3', 'multiple :: in address (at ":3")'],
    ['12345::', 'each group must have 4 or less digits (at "12345::")'],
    ['1:2:3:4:5:6:7:', 'colon must be followed by more characters (at ":")'],
    ['::g', 'each colon-separated field must have at least one digit (at "g")'],
    ['::1g', 'unexpected character, want colon (at "g")'],
    ['1:2:3:4:5:6:7:8:9', 'trailing garbage after address (at "9")'],
    ['::1:2:3:4:5:6:7:8', 'the :: must expand to at least one field of zeros'],
    ['1:1.2.3.4', 'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")'],
  ])('rejects %s', (text, reason) => {
    expect(() => parseAddress(text)).toThrow(new GoError(`ParseAddr("${text}"): ${reason}`))
  })
})

describe('isCidr', () => {
  it.each(['10.0.0.1/8', '0.0.0.0/0', '::/128', '1.2.3.4/032'])('accepts %s', text => {
    expect(isCidr(text)).toBe(true)
  })
  it.each(['10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0/8', '::/129', 'fe80::1%e/64', '::/+8', '::/8/9'])(
    'rejects %s',
    text => {
      expect(isCidr(text)).toBe(false)
    },
  )
})

describe('isHostPort', () => {
  it.each(['h:80', ':', 'h:', 'http://h', '[::1]:80', '[]:'])('finds a port in %s', text => {
    expect(isHostPort(text)).toBe(true)
  })
  it.each(['', 'h', '::1', '[::1]', 'a:b:c', '[::1]x:80', '[a]:b:c', 'a]:1', '[[a]:1'])('finds no port in %j', text => {
    expect(isHostPort(text)).toBe(false)
  })
})
