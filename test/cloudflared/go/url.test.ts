import { describe, expect, it } from 'vitest'
import { GoError } from '../../../src/cloudflared/go/error.ts'
import { parseUrl } from '../../../src/cloudflared/go/url.ts'

describe('parseUrl splits a URL as Go does', () => {
  it.each([
    ['http://localhost:8000', 'http', 'localhost', ''],
    ['HTTPS://a-b.c_d', 'https', 'a-b.c_d', ''],
    ['tcp://10.0.0.1:22', 'tcp', '10.0.0.1', ''],
    ['h2c+x.1-y://h:', 'h2c+x.1-y', 'h', ''],
    ['http://h:080', 'http', 'h', ''],
    ['ssh://-.-', 'ssh', '-.-', ''],
    ['HTTP://u:p@h:1/x?y#z', 'http', 'h', '/x'],
    ['tcp://a:1,b:2', 'tcp', 'a:1,b', ''],
    ['http://[fe80::1%25en0]:80', 'http', 'fe80::1%en0', ''],
    ['http://caf%C3%A9', 'http', 'caf\xc3\xa9', ''],
    ['http://:80', 'http', '', ''],
    ['mailto:x', 'mailto', '', ''],
    ['//h/x', '', 'h', '/x'],
    ['///h', '', '', '///h'],
    ['http://h?%zz', 'http', 'h', ''],
    ['', '', '', ''],
  ])('%s', (text, scheme, hostname, path) => {
    expect(parseUrl(text)).toEqual({ scheme, hostname, path })
  })
})

describe('parseUrl rejects an invalid URL with the error text of Go', () => {
  it.each([
    ['://h', 'missing protocol scheme'],
    ['a b:c', 'first path segment in URL cannot contain colon'],
    ['http://h\x7f', 'net/url: invalid control character in URL'],
    ['http://a b', 'invalid character " " in host name'],
    ['http://%41', 'invalid URL escape "%41"'],
    ['http://h%4:80', 'invalid URL escape "%4:"'],
    ['http://%\u20ac', String.raw`invalid URL escape "%\xe2\x82"`],
    ['http://h/%', 'invalid URL escape "%"'],
    ['http://u%4:1@h', 'invalid URL escape "%4"'],
    ['http://é@h', 'net/url: invalid userinfo'],
    ['http://h:1:2', 'invalid port ":1:2" after host'],
    ['tcp://h:1:x', 'invalid port ":x" after host'],
    ['http://[::1', "missing ']' in host"],
    ['http://[::1]x', 'invalid port "x" after host'],
    ['http://x[::1]', 'invalid IP-literal'],
    ['http://[1.2.3.4]', 'invalid IP-literal'],
    ['http://[abc]', 'invalid host: ParseAddr("abc"): unable to parse IP'],
    ['http://[::1%25%41%3c%20]', ''],
    ['http://[::1%25%C3]', 'invalid URL escape "%C3"'],
  ])('%s', (text, reason) => {
    if (reason === '') expect(() => parseUrl(text)).not.toThrow()
    else
      expect(() => parseUrl(text)).toThrow(
        new GoError(`parse ${JSON.stringify(text).replace('\x7f', '\\x7f')}: ${reason}`),
      )
  })

  it('parseUrl quotes the fragment only if the fragment is invalid', () => {
    expect(() => parseUrl('http://%zz#f')).toThrow('parse "http://%zz": invalid URL escape "%zz"')
    expect(() => parseUrl('http://h#%zz')).toThrow('parse "http://h#%zz": invalid URL escape "%zz"')
  })
})
