import { describe, expect, it } from 'vitest'
import { toBytes } from '../../../src/cloudflared/go/bytes.ts'
import { findMatchingRule, missOf, targetOf } from '../../../src/cloudflared/ingress/match.ts'

function matches(hostname: string, host: string): boolean {
  return missOf({ hostname }, targetOf(host, '/')) === undefined
}

function finds(path: string, requested: string): boolean {
  return missOf({ path }, targetOf('a', requested)) === undefined
}

describe('findMatchingRule answers as in the tests of cloudflared', () => {
  const rules = [
    { hostname: 'tunnel-a.example.com' },
    { hostname: 'tunnel-b.example.com', path: '/health' },
    { hostname: '*' },
  ]

  it.each([
    ['tunnel-a.example.com', '/', 0],
    ['tunnel-a.example.com', '/pages/about', 0],
    ['tunnel-a.example.com:443', '/pages/about', 0],
    ['tunnel-b.example.com', '/health', 1],
    ['tunnel-b.example.com', '/index.html', 2],
    ['tunnel-c.example.com', '/', 2],
  ])('%s%s: rule %i', (host, path, index) => {
    expect(findMatchingRule(rules, targetOf(host, path))).toBe(index)
  })

  it('takes the first of several that match', () => {
    const twice = [{ hostname: '*.example.com' }, { hostname: 'www.example.com' }, {}]
    expect(findMatchingRule(twice, targetOf('www.example.com', '/'))).toBe(0)
  })

  it('takes the last rule when none matches', () => {
    expect(findMatchingRule([{ hostname: 'a' }, { hostname: 'b' }], targetOf('c', '/'))).toBe(1)
  })
})

describe('a hostname matches', () => {
  it.each([
    ['example.com', 'example.com'],
    ['', 'example.com'],
    ['*', 'example.com'],
    ['*.example.com', 'adam.example.com'],
    ['*.example.com', 'adam.chalmers.example.com'],
    ['example.com', 'example.com:8080'],
    ['::1', '[::1]:8080'],
    ['[::1]', '[::1]'],
    ['môô.cloudflare.com', 'môô.cloudflare.com'],
    ['môô.cloudflare.com', 'xn--m-xgaa.cloudflare.com'],
    ['MÔÔ．Cloudflare。com', 'xn--m-xgaa.cloudflare.com'],
    ['bücher.xn--m-xgaa.com', 'xn--bcher-kva.xn--m-xgaa.com'],
    ['*.bücher.example', 'a.bücher.example'],
    ['WWW.Example.com', 'www.example.com'],
    ['WWW.1.2', 'www.1.2'],
    ['Www.example.com.', 'www.example.com.'],
    ['_dmarc.example.com', '_dmarc.example.com'],
  ])('%s: %s', (hostname, host) => {
    expect(matches(hostname, host)).toBe(true)
  })
})

describe('a hostname does not match', () => {
  it.each([
    ['example.com', 'foo.bar'],
    ['*.example.com', 'tunnel.com'],
    ['*.example.com', 'example.com'],
    ['*example.com', 'www.example.com'],
    ['*.api.abc.cloud', 'testing-api.abc.cloud'],
    ['example.com', 'example.com.'],
    ['example.com', 'example.com:80:90'],
    ['::1', '[::1]'],
    ['www.example.com', 'WWW.example.com'],
    ['*.Example.com', 'www.example.com'],
    ['*.bücher.example', 'a.xn--bcher-kva.example'],
    ['A_b.example.com', 'a_b.example.com'],
    ['A≠b.example.com', 'xn--ab-miv.example.com'],
    ['-a.Example.com', '-a.example.com'],
    ['a-.Example.com', 'a-.example.com'],
    ['ab--c.Example.com', 'ab--c.example.com'],
    ['é--a.example.com', 'xn----a-9la.example.com'],
    ['\u00ad', ''],
  ])('%s: %s', (hostname, host) => {
    expect(matches(hostname, host)).toBe(false)
  })
})

describe('a path is found', () => {
  it.each([
    ['/static/.*\\.html', '/static/index.html'],
    ['api', '/v1/api/x'],
    ['^/api/v[0-9]+$', '/api/v12'],
    ['(?i)^/API', '/api'],
    ['(?P<n>a)(?<n>b)', '/ab'],
    ['[(?<n>]$', '/n'],
    ['\\Q(?<n>\\E', '/(?<n>'],
    ['^/\\p{upper-case letter}\\p{greek}\\pn[\\p{^Lu}[:]$', `/Aλ1:`],
    ['^/[[:alpha:][:]+$', '/a[:'],
    ['^/[[:]$', '/['],
    ['^/.$', '/é'],
  ])('%s: %s', (path, requested) => {
    expect(finds(path, toBytes(requested))).toBe(true)
  })

  it('by one sign for each byte that is no UTF-8', () => {
    expect(finds('^/..$', '/\xe2\x82')).toBe(true)
    expect(finds('^/\ufffd{2}$', '/\xe2\x82')).toBe(true)
  })

  it('by the sign that Go has for half a surrogate pair', () => {
    expect(finds('\ud800', toBytes('\ufffd'))).toBe(true)
  })
})

describe('a path is not found', () => {
  it.each([
    ['^/api$', '/api/'],
    ['/API', '/api'],
    ['^api', '/api'],
    ['^/.$', '/\n'],
    ['\\d', '/٣'],
    ['[(?<n>]', '/a'],
    ['^/[[:]+$', '/[a'],
  ])('%s: %s', (path, requested) => {
    expect(finds(path, toBytes(requested))).toBe(false)
  })
})

it('says which half of a rule does not match, the hostname first', () => {
  const rule = { hostname: 'a', path: '^/x' }
  expect(missOf(rule, targetOf('b', '/'))).toBe('hostname')
  expect(missOf(rule, targetOf('a', '/'))).toBe('path')
  expect(missOf(rule, targetOf('a', '/x'))).toBeUndefined()
})
