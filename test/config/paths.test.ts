import { describe, expect, it } from 'vitest'
import { addressOf } from '../../src/config/paths.ts'

describe('a URL', () => {
  it.each<[requestUrl: string, world: string | undefined, url: string]>([
    ['/', undefined, '/'],
    ['/accounts/a/cfd_tunnel', undefined, '/accounts/a/cfd_tunnel'],
    ['/client/v4/accounts/a/cfd_tunnel?page=1', undefined, '/accounts/a/cfd_tunnel?page=1'],
    ['/client/v4/zones/z/dns_records', undefined, '/zones/z/dns_records'],
    ['/client/v4/user', undefined, '/user'],
    ['/w/blue/client/v4/accounts/a', 'blue', '/accounts/a'],
    ['/w/blue/client/v4/zones', 'blue', '/zones'],
    ['/w/blue/accounts/a', 'blue', '/accounts/a'],
    ['/w/blue/_mockflared/clock', 'blue', '/_mockflared/clock'],
    ['/w/blue', 'blue', '/'],
    ['/w/blue/', 'blue', '/'],
    ['/w/3f-a_9/accounts/a', '3f-a_9', '/accounts/a'],
    ['/w/blue.copy/accounts/a', 'blue.copy', '/accounts/a'],
    ['http://localhost:8844/w/blue/client/v4/accounts/a', 'blue', '/accounts/a'],
    ['https://localhost/client/v4/accounts/a', undefined, '/accounts/a'],
    ['HTTP://localhost/w/blue/accounts/a', 'blue', '/accounts/a'],
  ])('%s is about world %s and routed as %s', (requestUrl, world, url) => {
    expect(addressOf(requestUrl)).toEqual({ world, url, path: url.replace(/\?.*/, '') })
  })

  it.each(['/w/', '/w', '/W/blue/accounts/a', '/w/blü/accounts/a', '/world/blue/accounts/a', '/accounts/w/blue'])(
    '%s names no world, and is left as it is',
    url => {
      expect(addressOf(url)).toEqual({ world: undefined, url, path: url })
    },
  )

  it.each([
    '/',
    '/favicon.ico',
    '/healthz',
    '/readyz',
    '/openapi.json',
    '/docs',
    '/docs/static/logo.svg',
    '/_mockflared',
    '/_mockflared/clock',
  ])('%s is served without the base path of the API only', page => {
    expect(addressOf(page)).toEqual({ world: undefined, url: page, path: page })
    expect(addressOf(`/client/v4${page}?a`)).toEqual({ world: undefined, url: `/client/v4${page}?a`, path: page })
  })

  it.each(['/client/v4', '/client/v4x/accounts', '/client/v5/accounts', '/CLIENT/V4/accounts'])(
    '%s has no base path',
    url => {
      expect(addressOf(url)).toEqual({ world: undefined, url, path: url })
    },
  )

  it('loses one world and one base path only', () => {
    expect(addressOf('/w/a/w/b/accounts/x')).toMatchObject({ world: 'a', url: '/w/b/accounts/x' })
    expect(addressOf('/client/v4/client/v4/accounts')).toMatchObject({ url: '/client/v4/accounts' })
  })
})
