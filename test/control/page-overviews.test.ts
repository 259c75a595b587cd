import { describe, expect, it } from 'vitest'
import type { AccessServiceTokenWithSecret } from '../../schemas/access-service-token.ts'
import { startAccess } from '../support/access.ts'
import { ACCOUNT, seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { startNetworks } from '../support/networks.ts'
import { startZone, ZONE_ID } from '../support/zone.ts'

describe('getDnsOverview', () => {
  const cname = (name: string, tunnel_id: string) => ({
    type: 'CNAME' as const,
    name,
    content: `${tunnel_id}.cfargotunnel.com`,
    proxied: true,
  })

  it('has each zone with its records by type and name', async () => {
    const { emulator, add } = await startZone({}, { plan: 'pro' })
    const www = await add({ type: 'A', name: 'www', content: '192.0.2.1', ttl: 300, comment: 'The web' })
    await add({ type: 'MX', name: 'example.com', content: 'mail.example.com', priority: 10 })
    await add({ type: 'A', name: 'api', content: '192.0.2.2', proxied: true })
    const { zones } = await emulator.control.getDnsOverview()

    expect(zones).toMatchObject([
      { id: ZONE_ID, account_id: ACCOUNT, name: 'example.com', status: 'active', plan: 'pro' },
    ])
    expect(zones[0]?.records.map(({ type, name, priority, proxied }) => [type, name, priority, proxied])).toEqual([
      ['A', 'api.example.com', null, true],
      ['A', 'www.example.com', null, false],
      ['MX', 'example.com', 10, false],
    ])
    expect(zones[0]?.records[1]).toEqual({
      id: www.id,
      type: 'A',
      name: 'www.example.com',
      content: '192.0.2.1',
      priority: null,
      proxied: false,
      ttl: 300,
      comment: 'The web',
      tags: [],
      created_on: expect.any(String),
      modified_on: expect.any(String),
      tunnel: null,
    })
  })

  it('names the tunnel that a record points to, or says why there is none', async () => {
    const { emulator, add, create, at } = await startZone()
    const [shop, gone] = [await create({ name: 'shop' }), await create({ name: 'gone' })]
    await at(`/accounts/${ACCOUNT}/cfd_tunnel`).delete(`/${gone.id}`)
    for (const [name, id] of [
      ['a', shop.id],
      ['b', gone.id],
      ['c', UNKNOWN_ID],
    ] as const)
      await add(cname(name, id))
    const { zones } = await emulator.control.getDnsOverview()

    expect(zones[0]?.records.map(({ tunnel }) => tunnel)).toEqual([
      { tunnel_id: shop.id, name: 'shop', problem: null },
      { tunnel_id: gone.id, name: null, problem: expect.stringContaining('the tunnel was deleted at 20') },
      { tunnel_id: UNKNOWN_ID, name: null, problem: 'the tunnel does not exist' },
    ])
  })

  it('names no tunnel of another account', async () => {
    const id = '00000000-0000-4000-8000-000000000001'
    const zone = { name: 'example.org', id: ZONE_ID, account_id: 'f'.repeat(32) }
    const dns_records = [cname('www', id)]
    const { emulator } = await startZone({ seed: [...seedOf({ name: 'blog', id }), { zones: [zone], dns_records }] })
    const { zones } = await emulator.control.getDnsOverview()

    expect(zones[0]?.records[0]?.tunnel).toMatchObject({ name: null, problem: /belongs to account/ })
  })

  it('has the default zone, and no secret of a record', async () => {
    const { emulator, add } = await startZone({ seed: [] })
    await add({
      type: 'TXT',
      name: 'example.com',
      content: '"password=hunter2hunter2"',
      comment: 'token=hunter3hunter3',
    })
    await add({ type: 'A', name: 'token=hunter4hunter4', content: '192.0.2.1' })
    const { body } = await emulator.inject({ url: '/_mockflared/overview/dns' })
    const events = JSON.stringify(await emulator.control.listEvents())

    expect(JSON.parse(body).zones[0].records.map(({ comment }: { comment: string }) => comment)).toEqual([
      null,
      'token=[redacted]',
    ])
    for (const secret of ['hunter2', 'hunter3', 'hunter4']) expect(body + events).not.toContain(secret)
  })
})

describe('getNetworkOverview', () => {
  it('has the live networks and routes with the names of their tunnels', async () => {
    const { emulator, tunnel, route, routes, network, networks, hostname, hostnames } = await startNetworks()
    const vpc = await network('vpc', { comment: 'Vienna' })
    const office = await route('10.0.0.0/8', { virtual_network_id: vpc, comment: 'Office' })
    await routes.delete(`/${await route('192.168.0.0/16')}`)
    await networks.delete(`/${await network('old')}`)
    const wiki = await hostname('wiki.internal')
    await hostnames.delete(`/${await hostname('old.internal')}`)
    const overview = await emulator.control.getNetworkOverview()

    expect(overview.virtual_networks).toMatchObject([
      { account_id: ACCOUNT, id: vpc, name: 'vpc', is_default_network: false, comment: 'Vienna' },
      { account_id: ACCOUNT, name: 'default', is_default_network: true },
    ])
    const of = { account_id: ACCOUNT, tunnel_id: tunnel.id, tunnel_name: 'blog' }
    expect(overview.routes).toEqual([
      {
        ...of,
        id: office,
        network: '10.0.0.0/8',
        virtual_network_id: vpc,
        virtual_network_name: 'vpc',
        comment: 'Office',
        created_at: expect.any(String),
      },
    ])
    expect(overview.hostname_routes).toEqual([
      { ...of, id: wiki, hostname: 'wiki.internal', comment: '', created_at: expect.any(String) },
    ])
  })

  it('has no secret of a comment', async () => {
    const { emulator, route } = await startNetworks()
    await route('10.0.0.0/8', { comment: 'token=hunter2hunter2' })
    const { body } = await emulator.inject({ url: '/_mockflared/overview/networks' })

    expect(JSON.parse(body).routes).toMatchObject([{ comment: 'token=[redacted]' }])
    expect(body).not.toContain('hunter2')
  })
})

describe('getAccessOverview', () => {
  it('has applications with their policies, and policies with their rules', async () => {
    const { control, createApp, createPolicy } = await startAccess()
    const include = [{ email_domain: { domain: 'example.com' } }, { everyone: {} }]
    const staff = await createPolicy({ name: 'staff', include, require: [{ geo: { country_code: 'AT' } }] })
    const wiki = await createApp({ policies: [{ name: 'no one', decision: 'deny', include: [{ everyone: {} }] }] })
    const grafana = await createApp({ name: 'grafana', domain: 'grafana.example.com/d', policies: [staff.id] })
    const { applications, policies } = await control.getAccessOverview()

    expect(applications).toMatchObject([
      { account_id: ACCOUNT, id: wiki.id, policies: [{ name: 'no one', decision: 'deny', precedence: 1 }] },
      {
        account_id: ACCOUNT,
        id: grafana.id,
        name: 'grafana',
        type: 'self_hosted',
        domain: 'grafana.example.com/d',
        destinations: ['grafana.example.com/d'],
        session_duration: '24h',
        tags: [],
        policies: [{ id: staff.id, name: 'staff', decision: 'allow', precedence: 1 }],
      },
    ])
    expect(policies).toMatchObject([
      {
        id: staff.id,
        name: 'staff',
        include: [
          { selector: 'email_domain', values: ['example.com'] },
          { selector: 'everyone', values: [] },
        ],
        exclude: [],
        require: [{ selector: 'geo', values: ['AT'] }],
        app_id: null,
        app_count: 1,
      },
      { name: 'no one', app_id: wiki.id, app_count: 1 },
    ])
  })

  it('has service tokens without their secret and client id, and tags with their use', async () => {
    const { emulator, post, createApp, createPolicy } = await startAccess()
    const { result } = await post<AccessServiceTokenWithSecret>('/service_tokens', { name: 'ci' })
    await createPolicy({ decision: 'non_identity', include: [{ service_token: { token_id: result.id } }] })
    await post('/tags', { name: 'internal' })
    await createApp({ tags: ['internal'] })
    const { body } = await emulator.inject({ url: '/_mockflared/overview/access' })
    const { service_tokens, tags, policies } = JSON.parse(body)

    expect(service_tokens).toMatchObject([{ account_id: ACCOUNT, id: result.id, name: 'ci', enabled: true }])
    expect(policies[0].include).toEqual([{ selector: 'service_token', values: [result.id] }])
    expect(tags).toMatchObject([{ account_id: ACCOUNT, name: 'internal', app_count: 1 }])
    for (const secret of [result.client_secret, result.client_id]) expect(body).not.toContain(secret)
  })

  it('has no secret in a name or in a rule', async () => {
    const { emulator, createApp, createPolicy } = await startAccess()
    await createApp({ name: 'token=hunter2hunter2', tags: [] })
    await createPolicy({
      include: [{ external: { keys_url: 'https://user:hunter3hunter3@example.com', api_key: 'hunter4hunter4' } }],
    })
    const { body } = await emulator.inject({ url: '/_mockflared/overview/access' })

    expect(JSON.parse(body).policies[0].include).toEqual([
      { selector: 'external', values: ['https://[redacted]@example.com', '[redacted]'] },
    ])
    for (const secret of ['hunter2', 'hunter3', 'hunter4']) expect(body).not.toContain(secret)
  })
})
