import { describe, expect, it } from 'vitest'
import type { HostnameRoute } from '../../../schemas/hostname-route.ts'
import type { State } from '../../../schemas/state.ts'
import type { EmulatorOptions } from '../../../src/emulator/types.ts'
import { validateSeeds } from '../../../src/emulator/validate-seeds.ts'
import { ACCOUNT, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { START } from '../../support/frozen-emulator.ts'
import { startNetworks } from '../../support/networks.ts'

const KEYS = ['id', 'hostname', 'tunnel_id', 'tunnel_name', 'tun_type', 'comment', 'created_at', 'deleted_at']
const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

async function start(options: EmulatorOptions = {}) {
  const api = await startNetworks(options)
  const found = async (query = '') => (await api.hostnames.get<HostnameRoute[]>(query)).result.map(one => one.hostname)
  return { ...api, found }
}

describe('a hostname route', { tags: ['hostname_route_answer'] }, () => {
  it('is created, got, listed and deleted with the name of its tunnel', {
    tags: ['hostname_route_gone', 'hostname_route_delete_answer'],
  }, async () => {
    const { hostnames, tunnel, emulator } = await start()
    const { result, status } = await hostnames.post<HostnameRoute>('', {
      hostname: 'wiki.example.com',
      tunnel_id: tunnel.id,
    })

    expect(status).toBe(200)
    expect(Object.keys(result)).toEqual(KEYS)
    expect(result).toMatchObject({ tunnel_name: 'blog', tun_type: 'cfd_tunnel', comment: '', deleted_at: null })
    expect((await hostnames.get(`/${result.id}`)).result).toEqual(result)
    expect((await hostnames.get('')).result).toEqual([result])
    expect((await hostnames.delete(`/${result.id}`)).result).toEqual({ ...result, deleted_at: expect.any(String) })
    expect((await hostnames.get(`/${result.id}`)).status).toBe(404)
    expect((await hostnames.delete(`/${result.id}`)).status).toBe(404)
    expect((await emulator.control.listEvents()).filter(event => event.hostname_route_id === result.id)).toMatchObject([
      { type: 'hostname_route_created', tunnel_id: tunnel.id },
      { type: 'hostname_route_deleted' },
    ])
  })

  it('changes its hostname, tunnel and comment', { tags: ['hostname_route_change'] }, async () => {
    const { hostname, hostnames, create } = await start()
    const id = await hostname('original.example.com', { comment: 'c' })
    const other = await create({ name: 'other' })

    expect((await hostnames.patch(`/${id}`, { hostname: 'update.example.com' })).result).toMatchObject({
      id,
      hostname: 'update.example.com',
      comment: 'c',
    })
    expect((await hostnames.patch(`/${id}`, { tunnel_id: other.id, comment: 'd' })).result).toMatchObject({
      tunnel_name: 'other',
      comment: 'd',
    })
    expect((await hostnames.patch(`/${id}`, { hostname: 'update.example.com' })).status).toBe(200)
    await hostname('taken.example.com')
    expect((await hostnames.patch(`/${id}`, { hostname: 'taken.example.com' })).status).toBe(409)
  })

  it.each([
    ['no hostname', { hostname: undefined }],
    ['an empty hostname', { hostname: '' }],
    ['no tunnel', { tunnel_id: undefined }],
    ['a comment of 101 characters', { comment: 'c'.repeat(101) }],
  ])('with %s is refused', { tags: ['hostname_route_form'] }, async (_what, part) => {
    const { hostnames, tunnel } = await start()
    const body = { hostname: 'wiki.example.com', tunnel_id: tunnel.id, ...part }

    expect(await hostnames.post('', body)).toMatchObject({ status: 400, errors: [{ code: 1030 }] })
  })

  it('to an unknown tunnel is refused', { tags: ['hostname_route_tunnel'] }, async () => {
    const { hostnames } = await start()

    expect(await hostnames.post('', { hostname: 'wiki.example.com', tunnel_id: UNKNOWN_ID })).toMatchObject({
      status: 404,
      errors: [{ code: 1002 }],
      headers: { 'mockflared-evidence': 'assumed; hostname_route_tunnel' },
    })
  })

  it('is deleted with its tunnel', { tags: ['hostname_routes_go_with_tunnel'] }, async () => {
    const { hostname, found, tunnel, delete: remove, happened } = await start()
    await hostname('wiki.example.com')
    await remove(`/${tunnel.id}`)

    expect(await found()).toEqual([])
    expect(await found('?is_deleted=true')).toEqual(['wiki.example.com'])
    expect((await happened()).slice(-2)).toEqual(['hostname_route_deleted', 'tunnel_deleted'])
  })

  it('with strict credentials requires a permission for networks', {
    tags: ['hostname_route_permission_groups'],
  }, async () => {
    const credentials = [{ token: 'reader', permissions: ['Cloudflare One Networks Read'] }]
    const { at } = await startEmulator({ auth: 'strict', seed: [{ credentials }] })
    const { get, post } = at(`/accounts/${ACCOUNT}/zerotrust/routes/hostname`)
    const reader = { authorization: 'Bearer reader' }

    expect((await get('', undefined, reader)).status).toBe(200)
    expect((await post('', { hostname: 'a', tunnel_id: UNKNOWN_ID }, reader)).errors[0]?.code).toBe(10000)
  })
})

describe('list hostname routes', { tags: ['hostname_route_filters'] }, () => {
  it('returns the newest first, in pages', { tags: ['hostname_route_order'] }, async () => {
    const { hostname, hostnames, found } = await start({ clock: START })
    for (const name of ['b.example', 'a.example', 'c.example']) await hostname(name)

    expect(await found()).toEqual(['c.example', 'a.example', 'b.example'])
    expect(await found('?per_page=2&page=2')).toEqual(['b.example'])
    expect((await hostnames.get('')).result_info).toEqual({ page: 1, per_page: 1000, count: 3, total_count: 3 })
  })

  it('filters by id, tunnel, comment and a part of the hostname', async () => {
    const { hostname, found, create } = await start()
    const other = (await create({ name: 'other' })).id
    const id = await hostname('Wiki.internal.example', { comment: 'one' })
    await hostname('mail.internal.example', { tunnel_id: other, comment: 'two' })

    expect(await found(`?id=${id}`)).toEqual(['Wiki.internal.example'])
    expect(await found(`?tunnel_id=${other}`)).toEqual(['mail.internal.example'])
    expect(await found('?comment=one')).toEqual(['Wiki.internal.example'])
    expect(await found('?hostname=wIKI')).toEqual(['Wiki.internal.example'])
    expect(await found('?hostname=.internal.')).toHaveLength(2)
    expect(await found('?existed_at=2020-01-01T00:00:00Z')).toEqual([])
  })

  it('hides deleted ones on any day', async () => {
    const { hostname, hostnames, found } = await start({ behaviour: '2025-11-30' })
    await hostnames.delete(`/${await hostname('wiki.example')}`)

    expect(await found()).toEqual([])
    expect(await found('?is_deleted=true')).toEqual(['wiki.example'])
  })
})

describe('hostname routes in a seed', { tags: ['hostname_route_answer'] }, () => {
  const tunnels = [{ account_tag: ACCOUNT, id: TUNNEL, name: 'blog' }]
  const route = { account_id: ACCOUNT, hostname: 'wiki.example', tunnel_id: TUNNEL }

  it('need a hostname and a tunnel', async () => {
    const { at } = await startEmulator({ seed: [{ tunnels, hostname_routes: [route] }] })

    expect((await at(`/accounts/${ACCOUNT}/zerotrust/routes/hostname`).get('')).result).toMatchObject([
      { hostname: 'wiki.example', tunnel_name: 'blog', comment: '' },
    ])
  })

  it.each<[string, State, string]>([
    ['an unknown tunnel', { hostname_routes: [route] }, `hostname_routes[0].tunnel_id: the account has no tunnel`],
    [
      'a hostname twice',
      { tunnels, hostname_routes: [{ ...route, id: UNKNOWN_ID }, route] },
      'hostname_routes[1].hostname: another live route',
    ],
    ['an id twice', { tunnels, hostname_routes: [route, route] }, 'hostname_routes[1].id: another hostname route'],
  ])('with %s are rejected with the path', (_what, state, message) => {
    expect(() => validateSeeds([state])).toThrow(message)
  })
})
