import { describe, expect, it } from 'vitest'
import { UNKNOWN_ID } from '../../support/emulator.ts'
import { startZone, ZONE_ID } from '../../support/zone.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

async function start(behaviour = 'latest') {
  const zone = await startZone({ behaviour })
  const route = (user_hostname: string, overwrite_existing = false, tunnel = TUNNEL) =>
    zone
      .at(`/zones/${ZONE_ID}/tunnels/${tunnel}/routes`)
      .put<{ cname: string; name: string }>('', { type: 'dns', user_hostname, overwrite_existing })
  return { ...zone, route }
}

describe('route a hostname to a tunnel', { tags: ['dns_route_result', 'dns_route_tunnel_unchecked'] }, () => {
  it('creates a proxied CNAME record, and then leaves it', async () => {
    const { route, list } = await start()

    expect(await route('app.example.com')).toMatchObject({
      status: 200,
      result: { cname: 'new', name: 'app.example.com' },
    })
    expect(await route('app.example.com')).toMatchObject({
      status: 200,
      result: { cname: 'unchanged', name: 'app.example.com' },
    })
    expect(await list()).toMatchObject([
      { name: 'app.example.com', type: 'CNAME', content: `${TUNNEL}.cfargotunnel.com`, proxied: true, ttl: 1 },
    ])
  })

  it('appends the zone to a short name and to a name of another zone', async () => {
    const { route } = await start()

    expect((await route('app')).result.name).toBe('app.example.com')
    expect((await route('app.example.org')).result.name).toBe('app.example.org.example.com')
    expect((await route('app')).result.cname).toBe('unchanged')
  })

  it('refuses a name that leads elsewhere', { tags: ['dns_route_refused'] }, async () => {
    const { route, add } = await start()
    await add({ type: 'A', name: 'app', content: '203.0.113.1' })
    await route('other.example.com')

    expect(await route('app.example.com')).toMatchObject({ status: 400, errors: [{ code: 1003 }], result: null })
    expect(await route('other.example.com', false, UNKNOWN_ID)).toMatchObject({ errors: [{ code: 1003 }] })
    expect(await route('')).toMatchObject({
      errors: [{ code: 1003, message: 'Failed to create record .example.com with err DNS name is invalid.' }],
    })
  })

  it('overwrites what a full name has, but no other records of it', { tags: ['dns_route_overwrite'] }, async () => {
    const { route, add, list } = await start()
    await add({ type: 'A', name: 'app', content: '203.0.113.1' })
    await add({ type: 'AAAA', name: 'app', content: '2001:db8::1' })
    await add({ type: 'TXT', name: 'app', content: 'stays' })

    expect(await route('app', true)).toMatchObject({ errors: [{ code: 1003 }] })
    expect(await list()).toHaveLength(3)
    expect((await route('app.example.com', true)).result).toEqual({ cname: 'new', name: 'app.example.com' })
    expect(await list()).toMatchObject([{ type: 'CNAME', content: `${TUNNEL}.cfargotunnel.com` }, { type: 'TXT' }])
  })

  it('conflicts with its own record for a name in upper case', { tags: ['dns_route_case'] }, async () => {
    const { route } = await start()

    expect((await route('UpPer.example.com')).result.name).toBe('upper.example.com')
    expect((await route('UpPer.example.com')).errors).toMatchObject([{ code: 1003 }])
    expect((await route('UpPer.example.com', true)).errors).toMatchObject([{ code: 1003 }])
  })

  it.each([
    ['2021-12-31', 'An A, AAAA or CNAME record already exists with that host.'],
    ['2022-01-01', 'An A, AAAA, or CNAME record with that host already exists.'],
    ['2024-12-31', 'An A, AAAA, or CNAME record with that host already exists.'],
    [
      '2025-01-01',
      'Failed to create record app.example.com with err An A, AAAA, or CNAME record with that host already exists. For more details, refer to <https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/>.',
    ],
  ])('as of %s refuses with: %s', { tags: ['dns_route_refused_2021', 'dns_route_refused_2022'] }, async (day, text) => {
    const { route, add } = await start(day)
    await add({ type: 'A', name: 'app', content: '203.0.113.1' })

    expect((await route('app.example.com')).errors).toEqual([{ code: 1003, message: text }])
  })

  it('is not possible for load balancers', async () => {
    const { at } = await start()
    const { put } = at(`/zones/${ZONE_ID}/tunnels/${TUNNEL}/routes`)

    expect(await put('', { type: 'lb', lb_name: 'lb.example.com', lb_pool: 'pool' })).toMatchObject({
      status: 400,
      errors: [{ code: 10501, message: expect.stringContaining('no load balancers') }],
    })
    expect(await put('', {})).toMatchObject({ status: 400, errors: [{ code: 1030 }] })
  })
})

describe('the record of a tunnel', { tags: ['dns_survives_tunnel'] }, () => {
  it('stays when the tunnel is deleted', async () => {
    const { create, emulator, route, list } = await start()
    const { id, account_tag } = await create({ name: 'blog' })
    await route('app.example.com', false, id)
    await emulator.inject({
      method: 'DELETE',
      url: `/client/v4/accounts/${account_tag}/cfd_tunnel/${id}`,
      headers: { authorization: 'Bearer token' },
    })

    expect(await list(`?content=${id}.cfargotunnel.com`)).toMatchObject([{ name: 'app.example.com' }])
  })
})
