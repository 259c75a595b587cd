import { describe, expect, it } from 'vitest'
import type { Teamnet } from '../../../schemas/network-route.ts'
import type { EmulatorOptions } from '../../../src/emulator/types.ts'
import { START } from '../../support/frozen-emulator.ts'
import { startNetworks } from '../../support/networks.ts'

const ITEM = [
  ...['id', 'network', 'tunnel_id', 'tunnel_name', 'tun_type', 'virtual_network_id', 'virtual_network_name'],
  ...['comment', 'created_at', 'deleted_at'],
]

async function start(options: EmulatorOptions = {}) {
  const api = await startNetworks(options)
  const list = (query = '') => api.routes.get<Teamnet[]>(query)
  return { ...api, list, found: async (query = '') => (await list(query)).result.map(({ network }) => network) }
}

describe('list routes', { tags: ['route_list_item'] }, () => {
  it('returns the names of tunnels and virtual networks', async () => {
    const { route, network, list } = await start()
    await route('10.0.0.0/8')
    await route('10.0.0.0/8', { virtual_network_id: await network('staging') })
    const { result } = await list()

    expect(result.map(item => Object.keys(item))).toEqual([ITEM, ITEM])
    expect(result).toMatchObject([
      { tunnel_name: 'blog', tun_type: 'cfd_tunnel', virtual_network_name: 'staging' },
      { tunnel_name: 'blog', tun_type: 'cfd_tunnel', virtual_network_name: 'default' },
    ])
  })

  it('returns the newest first, also at one instant', { tags: ['network_order'] }, async () => {
    const { route, found } = await start({ clock: START })
    for (const network of ['10.0.0.2/32', '10.0.0.1/32', '10.0.0.3/32']) await route(network)

    expect(await found()).toEqual(['10.0.0.3/32', '10.0.0.1/32', '10.0.0.2/32'])
  })

  it('returns pages of 1000 by default and at most, without their number', { tags: ['network_page'] }, async () => {
    const { route, list, found } = await start()
    await route('10.0.0.0/8')
    await route('10.0.0.0/16')
    const { result_info, ...body } = await list()

    expect(Object.keys(body).filter(key => !['status', 'headers'].includes(key))).toEqual([
      'success',
      'errors',
      'messages',
      'result',
    ])
    expect(result_info).toEqual({ page: 1, per_page: 1000, count: 2, total_count: 2 })
    expect(await found('?per_page=1&page=2')).toEqual(['10.0.0.0/8'])
    expect((await list('?per_page=1&page=3')).result_info).toMatchObject({ count: 0, total_count: 2 })
    expect(await list('?per_page=1001')).toMatchObject({ status: 400, errors: [{ code: 1030 }] })
  })

  it('hides deleted routes unless asked', { tags: ['network_live_only', 'network_list_deleted'] }, async () => {
    const { route, routes, found } = await start()
    await route('10.0.0.0/8')
    await routes.delete(`/${await route('10.0.0.0/16')}`)

    expect(await found()).toEqual(['10.0.0.0/8'])
    expect(await found('?is_deleted=')).toEqual(['10.0.0.0/8'])
    expect(await found('?is_deleted=false')).toEqual(['10.0.0.0/8'])
    expect(await found('?is_deleted=true')).toEqual(['10.0.0.0/16'])
  })

  it('before 2025-12-01 shows deleted ones too', { tags: ['network_live_only'] }, async () => {
    const { route, routes, found } = await start({ behaviour: '2025-11-30' })
    await routes.delete(`/${await route('10.0.0.0/16')}`)

    expect(await found()).toEqual(['10.0.0.0/16'])
    expect(await found('?is_deleted=false')).toEqual([])
  })

  it('filters by ids, types and comment', { tags: ['route_filters', 'route_comment_filter'] }, async () => {
    const { route, create, network, found, tunnel } = await start()
    const staging = await network('staging')
    const other = (await create({ name: 'other' })).id
    const id = await route('10.0.0.1/32', { comment: 'alpha' })
    await route('10.0.0.2/32', { tunnel_id: other, comment: 'alpha beta', virtual_network_id: staging })

    expect(await found(`?route_id=${id.toUpperCase()}`)).toEqual(['10.0.0.1/32'])
    expect(await found(`?tunnel_id=${tunnel.id}`)).toEqual(['10.0.0.1/32'])
    expect(await found(`?virtual_network_id=${staging}`)).toEqual(['10.0.0.2/32'])
    expect(await found('?comment=alpha')).toEqual(['10.0.0.1/32'])
    expect(await found('?tun_types=cfd_tunnel,warp_connector')).toHaveLength(2)
    expect(await found('?tun_types=warp_connector')).toEqual([])
    expect(await found(`?tunnel_id=${other}&comment=alpha`)).toEqual([])
  })

  it.each([
    ['network_subset=10.0.0.0/16', ['10.0.1.0/24', '10.0.0.0/16']],
    ['network_superset=10.0.1.0/24', ['10.0.1.0/24', '10.0.0.0/16', '10.0.0.0/8']],
    ['network_subset=10.0.0.0/16&network_superset=10.0.0.0/16', ['10.0.0.0/16']],
    ['network_superset=fd00::1', ['fd00::/8']],
    ['network_subset=0.0.0.0/0', ['10.0.1.0/24', '10.0.0.0/16', '10.0.0.0/8']],
    ['network_subset=192.168.0.0/16', []],
  ])('with %s returns %j', { tags: ['route_filters'] }, async (query, expected) => {
    const { route, found } = await start()
    for (const network of ['10.0.0.0/8', '10.0.0.0/16', '10.0.1.0/24', 'fd00::/8']) await route(network)

    expect(await found(`?${query}`)).toEqual(expected)
  })

  it('with a network filter that is no network is refused', { tags: ['route_filters'] }, async () => {
    expect(await (await start()).list('?network_subset=office')).toMatchObject({
      status: 400,
      errors: [{ code: 1030 }],
    })
  })

  it('filters by the time at which routes existed', { tags: ['route_filters'] }, async () => {
    const { route, routes, found, emulator } = await start({ clock: START })
    await emulator.control.moveClock({ advance: '1h' })
    const id = await route('10.0.0.0/8')
    await emulator.control.moveClock({ advance: '1h' })
    await routes.delete(`/${id}`)
    const at = (time: string) => found(`?is_deleted=true&existed_at=${encodeURIComponent(time)}`)

    expect(await at('2026-01-01T00:59:59Z')).toEqual([])
    expect(await at('2026-01-01T01:30:00Z')).toEqual(['10.0.0.0/8'])
    expect(await at(encodeURIComponent('2026-01-01T01:30:00Z'))).toEqual(['10.0.0.0/8'])
    expect(await at('2026-01-01T02:00:00Z')).toEqual([])
  })
})
