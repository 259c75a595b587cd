import { describe, expect, it } from 'vitest'
import type { Zone } from '../../../schemas/zone.ts'
import { ACCOUNT, startEmulator } from '../../support/emulator.ts'

const ID = '023e105f4ecef8ad9ca31a8372d0c353'

describe('get a zone', { tags: ['zone_values'] }, () => {
  it('returns the keys and values of a zone on the Free plan', {
    tags: ['zone_values', 'zone_permissions'],
  }, async () => {
    const { at } = await startEmulator()
    const { result, ...body } = await at('/zones').get<Zone>(`/${ID}`)

    expect(body).toMatchObject({ status: 200, success: true, errors: [], messages: [] })
    expect(Object.keys(result)).toEqual([
      ...['id', 'name', 'status', 'paused', 'type', 'development_mode', 'name_servers', 'original_name_servers'],
      ...['original_registrar', 'original_dnshost', 'modified_on', 'created_on', 'activated_on', 'vanity_name_servers'],
      ...['vanity_name_servers_ips', 'meta', 'owner', 'account', 'tenant', 'tenant_unit', 'permissions', 'plan'],
    ])
    expect(result).toMatchObject({
      id: ID,
      name: 'example.com',
      status: 'active',
      owner: { id: null, type: 'user', email: null },
      account: { id: ACCOUNT, name: 'Example account' },
      permissions: ['#dns_records:edit', '#dns_records:read', '#zone:read'],
      plan: {
        id: '0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
        name: 'Free Website',
        price: 0,
        currency: 'USD',
        legacy_id: 'free',
      },
    })
  })

  it('returns the plan and the account name of a seeded zone', { tags: ['zone_plans'] }, async () => {
    const { at } = await startEmulator({
      seed: [
        { accounts: [{ id: ACCOUNT, name: 'Shop' }], zones: [{ name: 'shop.example', id: ID, plan: 'business' }] },
      ],
    })
    const { result, headers } = await at('/zones').get<Zone>(`/${ID.toUpperCase()}`)

    expect(result).toMatchObject({
      name: 'shop.example',
      account: { id: ACCOUNT, name: 'Shop' },
      plan: { legacy_id: 'business' },
    })
    expect(headers['mockflared-evidence']).toBe('assumed; zone_plans')
  })

  it('with strict credentials requires a permission for the zone', { tags: ['zone_permission_groups'] }, async () => {
    const credentials = [
      { token: 'reader', permissions: ['Zone Read'] },
      { token: 'tunnels', permissions: ['Cloudflare Tunnel Write'] },
      { token: 'of-other-zone', zones: ['f'.repeat(32)], permissions: ['Zone Write'] },
      { token: 'of-this-zone', zones: [ID], permissions: ['Zone Write'] },
      { token: 'of-other-account', accounts: ['f'.repeat(32)], permissions: ['Zone Write'] },
    ]
    const { at } = await startEmulator({
      auth: 'strict',
      seed: [{ credentials, zones: [{ name: 'a.example', id: ID }] }],
    })
    const codeFor = async (token: string) =>
      (await at('/zones').get(`/${ID}`, undefined, { authorization: `Bearer ${token}` })).errors[0]?.code

    expect(await codeFor('reader')).toBeUndefined()
    expect(await codeFor('of-this-zone')).toBeUndefined()
    expect(await codeFor('tunnels')).toBe(10000)
    expect(await codeFor('of-other-zone')).toBe(10000)
    expect(await codeFor('of-other-account')).toBe(10000)
    expect(await codeFor('x'.repeat(40))).toBe(9109)
  })
})
