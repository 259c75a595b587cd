import { describe, expect, it } from 'vitest'
import type { Teamnet } from '../../../schemas/network-route.ts'
import { startNetworks } from '../../support/networks.ts'

describe('delete a tunnel with routes', { tags: ['routes_go_with_tunnel'] }, () => {
  it('deletes its routes and leaves those of others', async () => {
    const { route, routes, create, tunnel, delete: remove, happened } = await startNetworks()
    const id = await route('10.0.0.0/8')
    await route('10.0.0.0/16', { tunnel_id: (await create({ name: 'other' })).id })
    const { result } = await remove<{ deleted_at: string }>(`/${tunnel.id}`)

    expect((await routes.get(`/${id}`)).errors[0]?.code).toBe(1015)
    expect((await routes.get<Teamnet[]>('')).result).toMatchObject([{ tunnel_name: 'other' }])
    expect((await routes.get('?is_deleted=true')).result).toMatchObject([{ id, deleted_at: result.deleted_at }])
    expect((await happened()).slice(-2)).toEqual(['route_deleted', 'tunnel_deleted'])
  })

  it('before 2025-11-01 is refused unless it cascades', { tags: ['routes_cascade', 'route_change_day'] }, async () => {
    const { route, routes, get, tunnel, delete: remove } = await startNetworks({ behaviour: '2025-10-31' })
    await route('10.0.0.0/8')

    expect((await remove(`/${tunnel.id}`)).errors[0]?.code).toBe(1023)
    expect((await get<{ deleted_at: string | null }>(`/${tunnel.id}`)).result.deleted_at).toBeNull()
    expect((await remove(`/${tunnel.id}?cascade=true`)).status).toBe(200)
    expect((await routes.get('?is_deleted=false')).result).toEqual([])
  })

  it('before 2025-11-01 passes once the routes are deleted', { tags: ['routes_cascade'] }, async () => {
    const { route, routes, tunnel, delete: remove } = await startNetworks({ behaviour: '2025-10-31' })
    await routes.delete(`/${await route('10.0.0.0/8')}`)

    expect((await remove(`/${tunnel.id}`)).status).toBe(200)
  })
})
