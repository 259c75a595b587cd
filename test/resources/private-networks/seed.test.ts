import { describe, expect, it } from 'vitest'
import type { Teamnet } from '../../../schemas/network-route.ts'
import type { State } from '../../../schemas/state.ts'
import { createEmulator } from '../../../src/emulator/emulator.ts'
import { validateSeeds } from '../../../src/emulator/validate-seeds.ts'
import { ACCOUNT, startEmulator } from '../../support/emulator.ts'
import { startNetworks } from '../../support/networks.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const NETWORK = '00000000-0000-4000-8000-000000000001'

const account_id = ACCOUNT
const TUNNELS = [{ account_tag: ACCOUNT, id: TUNNEL, name: 'blog', created_at: '-2d' }]
const ROUTE = { account_id, network: '10.0.0.0/8', tunnel_id: TUNNEL }

async function start(state: State) {
  const api = await startEmulator({ seed: [{ tunnels: TUNNELS, ...state }] })
  const teamnet = api.at(`/accounts/${ACCOUNT}/teamnet`)
  return { ...api, teamnet, state: () => api.emulator.control.getState() as Promise<State> }
}

describe('routes in a seed', { tags: ['route_list_item'] }, () => {
  it('need a network and a tunnel, and belong to the default network', async () => {
    const { teamnet } = await start({ routes: [ROUTE, { ...ROUTE, network: '10.1.2.3/16', comment: 'office' }] })

    expect((await teamnet.get<Teamnet[]>('/routes')).result).toMatchObject([
      { network: '10.1.0.0/16', comment: 'office', tunnel_name: 'blog', virtual_network_name: 'default' },
      { network: '10.0.0.0/8', comment: '', deleted_at: null },
    ])
  })

  it('belong to the default network of the seed, or to the one that they name', async () => {
    const { teamnet } = await start({
      virtual_networks: [
        { account_id, name: 'main', is_default_network: true },
        { account_id, name: 'staging', id: NETWORK },
      ],
      routes: [ROUTE, { ...ROUTE, virtual_network_id: NETWORK }],
    })

    expect((await teamnet.get<Teamnet[]>('/routes')).result).toMatchObject([
      { virtual_network_name: 'staging' },
      { virtual_network_name: 'main' },
    ])
  })

  it('have the same ids in every run', async () => {
    const seed = { routes: [ROUTE], virtual_networks: [{ account_id, name: 'staging' }] }
    const ids = async () => {
      const { routes, virtual_networks } = await (await start(seed)).state()
      return [routes?.[0]?.id, virtual_networks?.[0]?.id]
    }

    expect(await ids()).toEqual(await ids())
  })

  it('survive a state that is read and put back, with everything around them', async () => {
    const { emulator, routes, route, network, networks, hostname, hostnames, defaultNetwork } = await startNetworks()
    await networks.patch(`/${(await defaultNetwork())?.id}`, { comment: 'mine' })
    await route('10.0.0.0/8', { virtual_network_id: await network('staging', { is_default_network: true }) })
    await routes.delete(`/${await route('10.0.0.0/16', { comment: 'office' })}`)
    await networks.delete(`/${await network('gone')}`)
    await hostname('wiki.example.com')
    await hostnames.delete(`/${await hostname('Old.example.com', { comment: 'old' })}`)
    const answers = () =>
      Promise.all([routes, networks, hostnames].flatMap(({ get }) => [get(''), get('?is_deleted=true')])).then(all =>
        all.map(({ result }) => result),
      )
    const [before, answered] = [await emulator.control.getState(), await answers()]
    await emulator.control.putState(before)

    expect(await emulator.control.getState()).toEqual(before)
    expect(await answers()).toEqual(answered)
  })

  it('survive it also if the generated network has the name of another one', async () => {
    const { at, create, emulator } = await startEmulator()
    const networks = at(`/accounts/${ACCOUNT}/teamnet/virtual_networks`)
    await networks.post('', { name: 'default' })
    await create({ name: 'first' })
    const { result } = await networks.get<{ id: string }[]>('?is_default_network=true')
    await networks.patch(`/${result[0]?.id}`, { comment: 'mine' })
    const before = await emulator.control.getState()
    await emulator.control.putState(before)

    expect(await emulator.control.getState()).toEqual(before)
  })

  it('survive a snapshot, and a world has its own', async () => {
    const { emulator, route, routes, send } = await startNetworks()
    await route('10.0.0.0/8')
    await emulator.control.saveSnapshot({ name: 'one' })
    const { id } = await emulator.control.createWorld({ from: 'current' })
    await route('10.0.0.0/16')
    const listed = async (world: string) =>
      (
        await send<Teamnet[]>({
          method: 'GET',
          url: `${world}/client/v4/accounts/${ACCOUNT}/teamnet/routes`,
          headers: { authorization: 'Bearer token' },
        })
      ).result.length

    expect([await listed(''), await listed(`/w/${id}`)]).toEqual([2, 1])
    await emulator.control.restoreSnapshot({ name: 'one' })
    expect((await routes.get('')).result).toHaveLength(1)
    await emulator.control.reset({ to: 'empty' })
    expect((await routes.get('')).result).toEqual([])
  })

  it('are in no state of a world without changes to networks', { tags: ['default_network'] }, async () => {
    expect(await (await start({})).state()).toMatchObject({ virtual_networks: [], routes: [], hostname_routes: [] })
  })
})

describe('a seed is rejected', { tags: ['route_list_item'] }, () => {
  const OTHER = 'f'.repeat(32)
  const vnet = { account_id, name: 'a' }
  const generated = async () => {
    const { defaultNetwork } = await startNetworks()
    return (await defaultNetwork())?.id
  }

  it.each<[string, State, string]>([
    [
      'an unlisted account',
      { accounts: [{ id: OTHER }], tunnels: [], routes: [ROUTE] },
      `routes[0]: account ${ACCOUNT} is not listed in accounts`,
    ],
    [
      'an unknown tunnel',
      { tunnels: [], routes: [ROUTE] },
      `routes[0].tunnel_id: the account has no tunnel with the id ${TUNNEL}`,
    ],
    [
      'a deleted tunnel',
      {
        tunnels: [{ account_tag: ACCOUNT, id: TUNNEL, name: 'a', created_at: '-2d', deleted_at: '-1d' }],
        routes: [ROUTE],
      },
      `routes[0]: tunnel ${TUNNEL} is deleted, so the route must be deleted too`,
    ],
    [
      'the same network twice',
      { routes: [ROUTE, { ...ROUTE, network: '10.9.9.9/8' }] },
      'routes[1].id: another route has the id',
    ],
    [
      'the same network twice under other ids',
      { routes: [{ ...ROUTE, id: NETWORK }, ROUTE] },
      'routes[1].network: another live route leads to 10.0.0.0/8',
    ],
    ['a network that is none', { routes: [{ ...ROUTE, network: 'office' }] }, 'routes[0].network'],
    [
      'an unknown virtual network',
      { routes: [{ ...ROUTE, virtual_network_id: NETWORK }] },
      'routes[0].virtual_network_id: the account has no such network',
    ],
    [
      'times out of order',
      { routes: [{ ...ROUTE, created_at: '-1h', deleted_at: '-2h' }] },
      'routes[0]: deleted_at must not be before created_at',
    ],
    [
      'a virtual network twice',
      { virtual_networks: [vnet, vnet] },
      'virtual_networks[1].id: another virtual network has the id',
    ],
    [
      'a name twice',
      { virtual_networks: [{ ...vnet, id: NETWORK }, vnet] },
      'virtual_networks[1].name: another live one is named "a"',
    ],
    [
      'two default networks',
      {
        virtual_networks: [
          { ...vnet, is_default_network: true },
          { ...vnet, name: 'b', is_default_network: true },
        ],
      },
      'virtual_networks[1]: the account has another default network',
    ],
    [
      'a deleted default network',
      { virtual_networks: [{ ...vnet, is_default_network: true, created_at: '-2h', deleted_at: '-1h' }] },
      'virtual_networks[0]: the default network cannot be deleted',
    ],
  ])('for %s', async (_what, state, message) => {
    const seed = { tunnels: TUNNELS, ...state }
    await expect(createEmulator({ listen: false, seed: [seed] })).rejects.toThrow(message)
    expect(() => validateSeeds([seed])).toThrow(message)
  })

  it('for a generated network that is not the default one any more, without another', async () => {
    const state = { tunnels: TUNNELS, virtual_networks: [{ account_id, name: 'default', id: await generated() }] }
    expect(() => validateSeeds([state as State])).toThrow(
      'virtual_networks[0]: must have is_default_network, or another one of the account must',
    )
  })
})
