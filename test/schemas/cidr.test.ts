import { describe, expect, it } from 'vitest'
import { containsNetwork, networkText, parseIp, parseNetwork } from '../../schemas/cidr.ts'

function parsed(text: string) {
  return parseNetwork(text) ?? expect.fail(`${text} is no network`)
}

describe('a network', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['255.255.255.255/31', '255.255.255.254/31'],
    ['10.0.0.1', '10.0.0.1/32'],
    ['::/0', '::/0'],
    ['FD00:0:0::1/128', 'fd00::1/128'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['2001:db8:1:2:3:4:5:6/64', '2001:db8:1:2::/64'],
    ['::ffff:10.0.0.1/128', '::ffff:a00:1/128'],
  ])('%s is written as %s', (text, canonical) => {
    expect(networkText(parsed(text))).toBe(canonical)
    expect(networkText(parsed(canonical))).toBe(canonical)
  })

  it.each([
    ...['', '/8', 'not-a-network', '10.0.0/8', '10.0.0.0.0/8', '010.0.0.0/8', '10.0.0.256/8', '10.0.0.0/33'],
    ...['10.0.0.0/', '10.0.0.0/8/9', '10.0.0.0/-1', ' 10.0.0.0/8', '1::2::3', '::/129', 'fe80::1%eth0/64', '::1]/8'],
  ])('is not "%s"', text => {
    expect(parseNetwork(text)).toBeUndefined()
  })

  it.each([
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['10.1.0.0/16', '10.0.0.0/8', false],
    ['10.1.0.0/16', '10.2.0.0/24', false],
    ['0.0.0.0/0', '192.168.0.1', true],
    ['::/0', '10.0.0.0/8', false],
    ['fd00::/8', 'fd12:3456::/32', true],
    ['fd00::/16', 'fd12:3456::/32', false],
  ])('%s contains %s: %s', (outer, inner, contained) => {
    expect(containsNetwork(parsed(outer), parsed(inner))).toBe(contained)
  })
})

describe('parseIp', () => {
  it.each(['10.0.0.0/8', 'localhost', '', '10.1', '1:2'])('rejects "%s"', text => {
    expect(parseIp(text)).toBeUndefined()
  })
})
