import { describe, expect, it } from 'vitest'
import type { TunnelRecord } from '../../../schemas/records.ts'
import type { ManagementResource } from '../../../schemas/token.ts'
import { managementClaims, tunnelToken } from '../../../src/resources/tokens/rules.ts'

const tunnel: TunnelRecord = {
  id: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415',
  account_tag: '699d98642c564d2e855e9661899b7252',
  name: 'blog',
  config_src: 'local',
  tunnel_secret: 'AQID',
  metadata: {},
  created_at: '2026-01-01T00:00:00.000000Z',
  deleted_at: null,
  conns_active_at: null,
  conns_inactive_at: '2026-01-01T00:00:00.000000Z',
}

describe('tunnelToken', () => {
  it('is base64 of compact JSON with the keys a, t, s', () => {
    expect(tunnelToken(tunnel)).toBe(
      'eyJhIjoiNjk5ZDk4NjQyYzU2NGQyZTg1NWU5NjYxODk5YjcyNTIiLCJ0IjoiZjcwZmY5ODUtYTRlZi00NjQzLWJiYmMtNGEwZWQ0ZmM4NDE1IiwicyI6IkFRSUQifQ==',
    )
  })

  it('changes with account, id and secret, and with nothing else', () => {
    const token = tunnelToken(tunnel)

    expect(tunnelToken({ ...tunnel, tunnel_secret: 'AQIE' })).not.toBe(token)
    expect(tunnelToken({ ...tunnel, id: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8416' })).not.toBe(token)
    expect(tunnelToken({ ...tunnel, account_tag: '023e105f4ecef8ad9ca31a8372d0c353' })).not.toBe(token)
    expect(tunnelToken({ ...tunnel, name: 'shop', config_src: 'cloudflare', deleted_at: tunnel.created_at })).toBe(
      token,
    )
  })
})

describe('managementClaims', () => {
  it('contain tunnel, account, actor and resources, and expire after an hour', () => {
    expect(managementClaims(tunnel, ['logs'], 'me@example.com', '2026-01-01T00:00:00.999999Z')).toEqual({
      tun: { id: tunnel.id, account_tag: tunnel.account_tag },
      actor: { id: 'me@example.com', support: false },
      res: ['logs', 'ping'],
      exp: 1_767_229_200,
      iat: 1_767_225_600,
      iss: 'tunnelstore',
    })
  })

  it.each<[ManagementResource[], string[]]>([
    [['logs'], ['logs', 'ping']],
    [['admin'], ['admin']],
    [['host_details'], ['host_details']],
    [
      ['admin', 'logs'],
      ['admin', 'logs', 'ping'],
    ],
    [[], []],
  ])('for %j contain the resources %j', (resources, res) => {
    expect(managementClaims(tunnel, resources, 'me', tunnel.created_at).res).toEqual(res)
  })
})
