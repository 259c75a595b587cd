import { describe, expect, it } from 'vitest'
import { addressOf } from '../../src/config/paths.ts'

describe('a URL', () => {
  it.each<[url: string, world: string | undefined, path: string]>([
    ['/', undefined, '/'],
    ['/accounts/a/cfd_tunnel', undefined, '/accounts/a/cfd_tunnel'],
    ['/client/v4/accounts/a/cfd_tunnel?page=1', undefined, '/accounts/a/cfd_tunnel?page=1'],
    ['/w/blue/client/v4/accounts/a', 'blue', '/accounts/a'],
    ['/w/blue/accounts/a', 'blue', '/accounts/a'],
    ['/w/blue/_mockflared/clock', 'blue', '/_mockflared/clock'],
    ['/w/blue', 'blue', '/'],
    ['/w/blue/', 'blue', '/'],
    ['/w/3f-a_9/accounts/a', '3f-a_9', '/accounts/a'],
    ['http://localhost:8844/w/blue/client/v4/accounts/a', 'blue', '/accounts/a'],
    ['https://localhost/client/v4/accounts/a', undefined, '/accounts/a'],
  ])('%s is about world %s and path %s', (url, world, path) => {
    expect(addressOf(url)).toEqual({ world, path })
  })

  it.each(['/w/', '/w', '/w/bl.ue/accounts/a', '/world/blue/accounts/a', '/accounts/w/blue'])(
    '%s names no world, and is left as it is',
    url => {
      expect(addressOf(url)).toEqual({ world: undefined, path: url })
    },
  )

  it('keeps the base path before anything but accounts, so that the answer can name it', () => {
    expect(addressOf('/client/v4/zones')).toEqual({ world: undefined, path: '/client/v4/zones' })
  })

  it('takes off one world and one base path only', () => {
    expect(addressOf('/w/a/w/b/accounts/x')).toEqual({ world: 'a', path: '/w/b/accounts/x' })
  })
})
