import { describe, expect, it } from 'vitest'
import { toBytes } from '../../../src/cloudflared/go/bytes.ts'
import { createTarget, findMatchingRule, findMismatch } from '../../../src/cloudflared/ingress/match.ts'

function matchesHost(hostname: string, host: string): boolean {
  return findMismatch({ hostname }, createTarget(host, '/')) === undefined
}

function findsPath(path: string, requested: string): boolean {
  return findMismatch({ path }, createTarget('a', requested)) === undefined
}

describe('findMatchingRule, in the cases that cloudflared itself tests', () => {
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
  ])('finds for %s%s the rule with index %i', (host, path, index) => {
    expect(findMatchingRule(rules, createTarget(host, path))).toBe(index)
  })

  it('returns the first rule if several match', () => {
    const rulesThatMatch = [{ hostname: '*.example.com' }, { hostname: 'www.example.com' }, {}]
    expect(findMatchingRule(rulesThatMatch, createTarget('www.example.com', '/'))).toBe(0)
  })

  it('returns the last rule if none matches', () => {
    expect(findMatchingRule([{ hostname: 'a' }, { hostname: 'b' }], createTarget('c', '/'))).toBe(1)
  })
})

describe('a rule matches the host of a request', () => {
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
  ])('if its hostname is %j and the host is %j', (hostname, host) => {
    expect(matchesHost(hostname, host)).toBe(true)
  })
})

describe('a rule does not match the host of a request', () => {
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
  ])('if its hostname is %j and the host is %j', (hostname, host) => {
    expect(matchesHost(hostname, host)).toBe(false)
  })
})

describe('the path of a rule matches the path of a request', () => {
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
  ])('if they are %j and %j', (path, requested) => {
    expect(findsPath(path, toBytes(requested))).toBe(true)
  })

  it('reads each byte that is not valid UTF-8 as one character', () => {
    expect(findsPath('^/..$', '/\xe2\x82')).toBe(true)
    expect(findsPath('^/\ufffd{2}$', '/\xe2\x82')).toBe(true)
  })

  it('reads a lone surrogate in a rule as U+FFFD, as Go does', () => {
    expect(findsPath('\ud800', toBytes('\ufffd'))).toBe(true)
  })
})

describe('the path of a rule does not match the path of a request', () => {
  it.each([
    ['^/api$', '/api/'],
    ['/API', '/api'],
    ['^api', '/api'],
    ['^/.$', '/\n'],
    ['\\d', '/٣'],
    ['[(?<n>]', '/a'],
    ['^/[[:]+$', '/[a'],
  ])('if they are %j and %j', (path, requested) => {
    expect(findsPath(path, toBytes(requested))).toBe(false)
  })
})

it('findMismatch names the part of a rule that does not match, the hostname first', () => {
  const rule = { hostname: 'a', path: '^/x' }
  expect(findMismatch(rule, createTarget('b', '/'))).toBe('hostname')
  expect(findMismatch(rule, createTarget('a', '/'))).toBe('path')
  expect(findMismatch(rule, createTarget('a', '/x'))).toBeUndefined()
})
