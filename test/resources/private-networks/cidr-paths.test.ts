import { describe, expect, it } from 'vitest'
import type { Route } from '../../../schemas/network-route.ts'
import { ACCOUNT } from '../../support/emulator.ts'
import { startNetworks } from '../../support/networks.ts'

const DAY_BEFORE = { behaviour: '2026-10-04' }
const PATH = '/network/10.0.0.0%2F8'

describe('the older paths of routes, before 2026-10-05', { tags: ['cidr_paths'] }, () => {
  it('create, update and delete a route in the default network', async () => {
    const { routes, tunnel, defaultNetwork } = await startNetworks(DAY_BEFORE)
    const created = await routes.post<Route>(PATH, { tunnel_id: tunnel.id, comment: 'one' })

    expect(created).toMatchObject({
      status: 200,
      result: { network: '10.0.0.0/8', comment: 'one', virtual_network_id: (await defaultNetwork())?.id },
    })
    expect((await routes.patch<Route>(PATH, { tunnel_id: tunnel.id, comment: 'two' })).result).toEqual({
      ...created.result,
      comment: 'two',
    })
    expect((await routes.delete<Route>(PATH)).result).toMatchObject({ id: created.result.id, comment: 'two' })
    expect((await routes.delete(PATH)).errors[0]?.code).toBe(1015)
  })

  it('name the virtual network in the query or the body', async () => {
    const { routes, route, network } = await startNetworks(DAY_BEFORE)
    const virtual_network_id = await network('staging')
    const id = await route('10.0.0.0/8', { virtual_network_id })

    expect((await routes.delete(PATH)).errors[0]?.code).toBe(1015)
    expect((await routes.patch<Route>(PATH, { virtual_network_id, comment: 'x' })).result.id).toBe(id)
    const inQuery = `${PATH}?virtual_network_id=${virtual_network_id}`
    expect((await routes.patch<Route>(inQuery, { comment: 'y' })).result).toMatchObject({ id, comment: 'y' })
    expect((await routes.delete<Route>(inQuery)).result.id).toBe(id)
  })

  it('delete only the route of the tunnel and type in the query', async () => {
    const { routes, route, create, tunnel } = await startNetworks(DAY_BEFORE)
    await route('10.0.0.0/8')
    const other = await create({ name: 'other' })

    expect((await routes.delete(`${PATH}?tunnel_id=${other.id}`)).errors[0]?.code).toBe(1015)
    expect((await routes.delete(`${PATH}?tun_type=warp_connector`)).errors[0]?.code).toBe(1015)
    expect((await routes.delete(`${PATH}?tunnel_id=${tunnel.id}&tun_type=cfd_tunnel`)).status).toBe(200)
  })

  it('reject what is no network', { tags: ['route_ip_form'] }, async () => {
    const { routes, tunnel } = await startNetworks(DAY_BEFORE)

    expect(await routes.post('/network/office', { tunnel_id: tunnel.id })).toMatchObject({
      status: 400,
      errors: [{ code: 1030, message: expect.stringContaining('invalid address: office') }],
    })
  })

  it('without a tunnel in the account find no route', async () => {
    const { at } = await startNetworks(DAY_BEFORE)

    expect((await at(`/accounts/${'f'.repeat(32)}/teamnet/routes`).delete(PATH)).errors[0]?.code).toBe(1015)
  })
})

describe('the older paths of routes, today', { tags: ['cidr_paths_gone'] }, () => {
  it.each(['post', 'patch', 'delete'] as const)('are unknown to %s', async method => {
    const { routes, tunnel } = await startNetworks()

    expect(await routes[method](PATH, { tunnel_id: tunnel.id })).toMatchObject({
      status: 404,
      errors: [
        {
          code: 7003,
          message: `Could not route to /client/v4/accounts/${ACCOUNT}/teamnet/routes/network/10.0.0.0%2F8, perhaps your object identifier is invalid?`,
        },
      ],
    })
  })

  it('are unknown without credentials too, with the headers of the gateway', async () => {
    const { routes } = await startNetworks({ behaviour: '2026-10-05' })

    expect(await routes.delete(PATH, undefined, {})).toMatchObject({
      status: 404,
      headers: { 'x-frame-options': 'SAMEORIGIN' },
    })
  })
})
