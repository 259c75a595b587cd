import { describe, expect, it } from 'vitest'
import type { Route } from '../../../schemas/network-route.ts'
import { ACCOUNT, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { startNetworks } from '../../support/networks.ts'

const KEYS = ['id', 'network', 'tunnel_id', 'virtual_network_id', 'comment', 'created_at', 'deleted_at']

describe('create a route', { tags: ['route_answer'] }, () => {
  it('returns the route in the default network, without a comment', { tags: ['route_default_network'] }, async () => {
    const { routes, tunnel, defaultNetwork } = await startNetworks()
    const { result, ...body } = await routes.post<Route>('', { network: '172.16.0.0/16', tunnel_id: tunnel.id })

    expect(body).toMatchObject({ status: 200, success: true, errors: [], messages: [] })
    expect(Object.keys(result)).toEqual(KEYS)
    expect(result).toMatchObject({ network: '172.16.0.0/16', tunnel_id: tunnel.id, comment: '', deleted_at: null })
    expect(result.virtual_network_id).toBe((await defaultNetwork())?.id)
  })

  it('in another virtual network may have the same network', { tags: ['route_in_other_network'] }, async () => {
    const { route, routes, network, tunnel } = await startNetworks()
    await route('10.0.0.0/8')
    const body = { network: '10.0.0.0/8', tunnel_id: tunnel.id, virtual_network_id: await network('staging') }

    expect((await routes.post<Route>('', body)).result).toMatchObject(body)
    expect((await routes.post('', body)).errors[0]?.code).toBe(1014)
  })

  it('after a deletion may have the network again', async () => {
    const { route, routes, tunnel } = await startNetworks()
    await routes.delete(`/${await route('10.0.0.0/8')}`)

    expect((await routes.post('', { network: '10.0.0.0/8', tunnel_id: tunnel.id })).status).toBe(200)
  })

  it.each([
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['10.0.0.1', '10.0.0.1/32'],
    ['FD00:12::/64', 'fd00:12::/64'],
  ])('to %s stores %s', { tags: ['route_network_form'] }, async (network, stored) => {
    const { routes, tunnel } = await startNetworks()
    const { result, headers } = await routes.post<Route>('', { network, tunnel_id: tunnel.id })

    expect(result.network).toBe(stored)
    expect(headers['mockflared-evidence']).toBe('assumed; route_network_form')
    expect((await routes.post('', { network: stored, tunnel_id: tunnel.id })).status).toBe(409)
  })

  it('accepts a comment of 100 characters, not of 101', { tags: ['route_comment_length'] }, async () => {
    const { routes, tunnel } = await startNetworks()
    const create = (length: number) =>
      routes.post('', { network: '10.0.0.0/8', tunnel_id: tunnel.id, comment: 'c'.repeat(length) })

    expect(await create(101)).toMatchObject({ status: 400, errors: [{ code: 1030 }] })
    expect((await create(100)).status).toBe(200)
  })

  it.each([
    ['no network', { network: undefined }],
    ['a network that is none', { network: 'not-a-network' }],
    ['a length beyond the address', { network: '192.168.1.0/33' }],
    ['no tunnel', { tunnel_id: undefined }],
    ['a tunnel id that is no UUID', { tunnel_id: 'blog' }],
    ['a virtual network id that is no UUID', { virtual_network_id: 'default' }],
  ])('with %s is 1030', { tags: ['input_invalid'] }, async (_what, part) => {
    const { routes, tunnel } = await startNetworks()

    expect(await routes.post('', { network: '10.0.0.0/8', tunnel_id: tunnel.id, ...part })).toMatchObject({
      status: 400,
      errors: [{ code: 1030, message: expect.stringContaining('Could not parse input') }],
    })
  })

  it('to an unknown or deleted tunnel is refused', { tags: ['route_tunnel'] }, async () => {
    const { routes, tunnel, delete: remove } = await startNetworks()
    const refusal = {
      status: 404,
      errors: [{ code: 1002 }],
      headers: { 'mockflared-evidence': 'assumed; route_tunnel' },
    }

    expect(await routes.post('', { network: '10.0.0.0/8', tunnel_id: UNKNOWN_ID })).toMatchObject(refusal)
    await remove(`/${tunnel.id}`)
    expect(await routes.post('', { network: '10.0.0.0/8', tunnel_id: tunnel.id })).toMatchObject(refusal)
  })

  it('in an unknown virtual network is refused', async () => {
    const { routes, tunnel } = await startNetworks()

    expect(
      await routes.post('', { network: '10.0.0.0/8', tunnel_id: tunnel.id, virtual_network_id: UNKNOWN_ID }),
    ).toMatchObject({ status: 404, errors: [{ code: 1048 }] })
  })
})

describe('get a route', { tags: ['route_answer'] }, () => {
  it('returns what was created, by an id in any case', async () => {
    const { routes, tunnel } = await startNetworks()
    const { result } = await routes.post<Route>('', { network: 'fd00::/64', tunnel_id: tunnel.id, comment: 'office' })

    expect((await routes.get(`/${result.id.toUpperCase()}`)).result).toEqual(result)
  })

  it('does not find a deleted route', { tags: ['route_gone'] }, async () => {
    const { route, routes } = await startNetworks()
    const id = await route('10.0.0.0/8')
    await routes.delete(`/${id}`)

    expect(await routes.get(`/${id}`)).toMatchObject({ status: 404, errors: [{ code: 1015 }] })
  })

  it('does not find a route of another account', { tags: ['route_gone'] }, async () => {
    const { route, at } = await startNetworks()

    expect((await at(`/accounts/${'f'.repeat(32)}/teamnet/routes`).get(`/${await route('10.0.0.0/8')}`)).status).toBe(
      404,
    )
  })

  it('with an id that is no UUID is not routed', { tags: ['id_form'] }, async () => {
    const { routes } = await startNetworks()

    expect((await routes.get('/office')).errors).toEqual([
      {
        code: 7003,
        message: `Could not route to /client/v4/accounts/${ACCOUNT}/teamnet/routes/office, perhaps your object identifier is invalid?`,
      },
    ])
  })
})

describe('update a route', { tags: ['route_change'] }, () => {
  it('changes what the body contains and keeps the rest', async () => {
    const { route, routes, create, network } = await startNetworks()
    const id = await route('10.0.0.0/24', { comment: 'one' })
    const before = (await routes.get<Route>(`/${id}`)).result
    const changes = [
      { comment: 'two' },
      { network: '10.0.0.0/25' },
      { tunnel_id: (await create({ name: 'other' })).id },
      { virtual_network_id: await network('staging') },
    ]

    for (const change of changes) expect((await routes.patch(`/${id}`, change)).status).toBe(200)
    expect((await routes.get(`/${id}`)).result).toEqual(Object.assign({ ...before }, ...changes))
  })

  it('without a change is no error', async () => {
    const { route, routes } = await startNetworks()
    const id = await route('10.0.0.0/24', { comment: 'one' })

    expect((await routes.patch(`/${id}`, { comment: 'one', network: '10.0.0.0/24' })).status).toBe(200)
    expect((await routes.patch(`/${id}`, {})).status).toBe(200)
  })

  it('rejects a network, tunnel or virtual network as a create does', { tags: ['route_tunnel'] }, async () => {
    const { route, routes } = await startNetworks()
    await route('10.0.0.0/8')
    const id = await route('10.0.0.0/16')
    const codeOf = async (change: object) => (await routes.patch(`/${id}`, change)).errors[0]?.code

    expect(await codeOf({ network: '10.0.0.0/8' })).toBe(1014)
    expect(await codeOf({ tunnel_id: UNKNOWN_ID })).toBe(1002)
    expect(await codeOf({ virtual_network_id: UNKNOWN_ID })).toBe(1048)
    expect((await routes.patch(`/${UNKNOWN_ID}`, {})).errors[0]?.code).toBe(1015)
  })
})

describe('delete a route', { tags: ['route_delete_answer'] }, () => {
  it('returns it with deleted_at, and only once', async () => {
    const { route, routes } = await startNetworks()
    const id = await route('10.0.0.0/8')

    expect((await routes.delete<Route>(`/${id}`)).result).toMatchObject({ id, deleted_at: expect.any(String) })
    expect(await routes.delete(`/${id}`)).toMatchObject({ status: 404, errors: [{ code: 1015 }], result: null })
  })
})

describe('routes', { tags: ['route_answer'] }, () => {
  it('emit events with their ids', async () => {
    const { route, routes, emulator, tunnel } = await startNetworks()
    const id = await route('10.0.0.0/8')
    await routes.patch(`/${id}`, { comment: 'two' })
    await routes.delete(`/${id}`)

    expect((await emulator.control.listEvents()).filter(({ route_id }) => route_id === id)).toMatchObject(
      ['route_created', 'route_updated', 'route_deleted'].map(type => ({
        type,
        account_id: ACCOUNT,
        tunnel_id: tunnel.id,
      })),
    )
  })

  it('with strict credentials require a permission for networks or tunnels', {
    tags: ['network_permission_groups'],
  }, async () => {
    const credentials = ['Cloudflare One Networks Read', 'Cloudflare Tunnel Write', 'Zone Read'].map(permission => ({
      token: permission.replaceAll(' ', '-'),
      permissions: [permission],
    }))
    const { at } = await startEmulator({
      auth: 'strict',
      seed: [{ credentials }],
    })
    const { get, post } = at(`/accounts/${ACCOUNT}/teamnet`)
    const as = (token: string) => ({ authorization: `Bearer ${token}` })

    expect((await get('/routes', undefined, as('Cloudflare-One-Networks-Read'))).status).toBe(200)
    expect((await get('/routes', undefined, as('Cloudflare-Tunnel-Write'))).status).toBe(200)
    expect((await get('/routes', undefined, as('Zone-Read'))).errors[0]?.code).toBe(10000)
    expect((await post('/virtual_networks', { name: 'a' }, as('Cloudflare-One-Networks-Read'))).status).toBe(403)
    expect((await post('/virtual_networks', { name: 'a' }, as('Cloudflare-Tunnel-Write'))).status).toBe(200)
  })

  it('are subject to faults and appear in the request log', { tags: ['input_invalid'] }, async () => {
    const { emulator, routes } = await startNetworks()
    const operation = 'tunnel-route-list-tunnel-routes'
    await emulator.control.addFault({ operation, times: 1, effect: { error: { status: 503, code: 1 } } })

    expect((await routes.get('')).status).toBe(503)
    expect(await emulator.control.listRequests({ operation })).toMatchObject([{ status: 503 }])
  })
})
