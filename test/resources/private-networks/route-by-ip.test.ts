import { describe, expect, it } from 'vitest'
import type { Teamnet } from '../../../schemas/network-route.ts'
import { UNKNOWN_ID } from '../../support/emulator.ts'
import { startNetworks } from '../../support/networks.ts'

async function start() {
  const api = await startNetworks()
  const lookUp = (ip: string) => api.routes.get<Partial<Teamnet>>(`/ip/${ip}`)
  return { ...api, lookUp, network_of: async (ip: string) => (await lookUp(ip)).result.network }
}

describe('get the route for an address', { tags: ['route_by_ip'] }, () => {
  it('returns the most specific live route, as in a list', async () => {
    const { route, routes, lookUp, network_of } = await start()
    await route('10.0.0.0/16')
    await route('10.0.0.0/8')
    await route('fd00::/8')
    await routes.delete(`/${await route('10.0.0.0/24')}`)

    expect((await lookUp('10.0.0.9')).result).toEqual(
      (await routes.get<Teamnet[]>('?network_subset=10.0.0.0/16')).result[0],
    )
    expect(await network_of('10.1.0.9')).toBe('10.0.0.0/8')
    expect(await network_of('fd12::1')).toBe('fd00::/8')
    expect(await network_of(encodeURIComponent('fd12::1'))).toBe('fd00::/8')
  })

  it('searches the default network unless another is named', { tags: ['route_by_ip_network'] }, async () => {
    const { route, network, lookUp } = await start()
    const staging = await network('staging')
    const id = await route('10.0.0.0/8')
    const other = await route('10.0.0.0/16', { virtual_network_id: staging })

    expect((await lookUp('10.0.0.1')).result.id).toBe(id)
    expect((await lookUp('10.0.0.1?default_virtual_network_fallback=true')).result.id).toBe(id)
    expect((await lookUp(`10.0.0.1?virtual_network_id=${staging}`)).result.id).toBe(other)
    expect((await lookUp(`10.0.0.1?virtual_network_id=${UNKNOWN_ID}`)).result).toEqual({})
  })

  it('without the fallback searches all networks', { tags: ['route_by_ip_everywhere'] }, async () => {
    const { route, network, lookUp } = await start()
    const id = await route('10.0.0.0/16', { virtual_network_id: await network('staging') })
    const { result, headers } = await lookUp('10.0.0.1?default_virtual_network_fallback=false')

    expect(result.id).toBe(id)
    expect(headers['mockflared-evidence']).toBe('assumed; route_by_ip_everywhere')
  })

  it('without a match returns an empty object', { tags: ['route_by_ip_none'] }, async () => {
    expect(await (await start()).lookUp('10.0.0.1')).toMatchObject({ status: 200, success: true, result: {} })
  })

  it.each(['10.0.0', 'office', '10.0.0.0%2F8'])('rejects %s', { tags: ['route_ip_form'] }, async ip => {
    expect(await (await start()).lookUp(ip)).toMatchObject({
      status: 400,
      errors: [{ code: 1030 }],
      headers: { 'mockflared-evidence': 'assumed; route_ip_form' },
    })
  })
})
