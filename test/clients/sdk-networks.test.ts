/** Cloudflare's SDK for TypeScript against private networks on a real port. */
import Cloudflare from 'cloudflare'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from '../support/emulator.ts'

const account_id = ACCOUNT

async function startSdk(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  const { zeroTrust } = new Cloudflare({
    apiToken: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY',
    baseURL: emulator.baseURL,
    maxRetries: 0,
  })
  const { id: tunnel_id = '' } = await zeroTrust.tunnels.cloudflared.create({ account_id, name: 'blog' })
  return { ...zeroTrust.networks, tunnel_id }
}

describe('the SDK for TypeScript', () => {
  it('creates, finds, changes and deletes a route and its virtual network', async () => {
    const { routes, virtualNetworks, tunnel_id } = await startSdk()
    const { id: virtual_network_id } = await virtualNetworks.create({ account_id, name: 'staging' })
    const body = { account_id, network: '10.0.0.0/8', tunnel_id, virtual_network_id }
    const { id = '' } = await routes.create(body)

    expect(await routes.get(id, { account_id })).toMatchObject({ id, network: '10.0.0.0/8', comment: '' })
    expect(await routes.ips.get('10.1.0.137', { account_id, virtual_network_id })).toMatchObject({
      id,
      tunnel_name: 'blog',
      virtual_network_name: 'staging',
    })
    expect(await routes.ips.get('10.1.0.137', { account_id })).toEqual({})
    expect(await routes.edit(id, { account_id, comment: 'office' })).toMatchObject({ id, comment: 'office' })

    await expect(routes.create(body)).rejects.toThrow(Cloudflare.ConflictError)
    await expect(virtualNetworks.delete(virtual_network_id, { account_id })).rejects.toThrow(Cloudflare.BadRequestError)
    expect((await routes.delete(id, { account_id })).deleted_at).toEqual(expect.any(String))
    await expect(routes.get(id, { account_id })).rejects.toThrow(Cloudflare.NotFoundError)
    await virtualNetworks.delete(virtual_network_id, { account_id })
    await expect(virtualNetworks.get(virtual_network_id, { account_id })).rejects.toThrow(Cloudflare.NotFoundError)
  })

  it('pages through routes, and filters them', async () => {
    const { routes, tunnel_id } = await startSdk()
    for (let index = 0; index < 5; index++)
      await routes.create({ account_id, network: `10.0.${index}.0/24`, tunnel_id, comment: String(index) })

    const found: (string | undefined)[] = []
    for await (const { comment } of routes.list({ account_id, per_page: 2, is_deleted: false })) found.push(comment)
    expect(found).toEqual(['4', '3', '2', '1', '0'])
    const filters = {
      tun_types: ['cfd_tunnel' as const],
      network_superset: '10.0.3.0/25',
      existed_at: '2999-01-01T00:00:00Z',
    }
    expect((await routes.list({ account_id, ...filters })).result).toMatchObject([{ comment: '3' }])
  })

  it('lists virtual networks and makes one the default', async () => {
    const { virtualNetworks } = await startSdk()
    const { id } = await virtualNetworks.create({ account_id, name: 'main', comment: 'ours' })
    expect(await virtualNetworks.edit(id, { account_id, is_default_network: true })).toMatchObject({ name: 'main' })

    const { result } = await virtualNetworks.list({ account_id, is_default_network: true })
    expect(result).toMatchObject([{ id, name: 'main', is_default_network: true }])
  })

  it('creates, lists, changes and deletes a hostname route', async () => {
    const { hostnameRoutes, tunnel_id } = await startSdk()
    const { id = '' } = await hostnameRoutes.create({ account_id, hostname: 'wiki.example.com', tunnel_id })

    expect((await hostnameRoutes.list({ account_id, hostname: 'WIKI' })).result).toMatchObject([{ id }])
    expect(await hostnameRoutes.edit(id, { account_id, comment: 'c' })).toMatchObject({ comment: 'c' })
    await hostnameRoutes.delete(id, { account_id })
    await expect(hostnameRoutes.get(id, { account_id })).rejects.toThrow(Cloudflare.NotFoundError)
  })

  it('uses the older paths, which name the network, before 2026-10-05', async () => {
    const { routes, tunnel_id } = await startSdk({ behaviour: '2026-10-04' })

    expect(await routes.networks.create('10.0.0.0/8', { account_id, tunnel_id })).toMatchObject({
      network: '10.0.0.0/8',
    })
    expect(await routes.networks.delete('10.0.0.0/8', { account_id })).toMatchObject({ network: '10.0.0.0/8' })
  })
})
