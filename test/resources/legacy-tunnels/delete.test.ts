import { describe, expect, it } from 'vitest'
import type { ArgoTunnel } from '../../../schemas/argo-tunnel.ts'
import { seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

describe('DELETE tunnels/{id}, 200', { tags: ['argo_answer', 'argo_paths'] }, () => {
  it('marks the tunnel as deleted on both paths and frees its name', async () => {
    const { create, get, old } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    const { status, result } = await old.delete<ArgoTunnel>(`/${id}`, {})

    expect(status).toBe(200)
    expect(result).toMatchObject({ id, name: 'blog', deleted_at: expect.any(String), connections: [] })
    expect((await old.get(`/${id}`)).result).toEqual(result)
    expect((await get(`/${id}`)).result).toMatchObject({ deleted_at: result.deleted_at })
    expect(await create({ name: 'blog' })).not.toMatchObject({ id })
  })

  it('changes nothing if repeated', async () => {
    const { create, old } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    const { result } = await old.delete(`/${id}`)

    expect(await old.delete(`/${id}`)).toMatchObject({ status: 200, result })
  })
})

describe('DELETE tunnels/{id}, 400', { tags: ['tunnel_connected'] }, () => {
  it.each(['', '?cascade=true'])('answers 1022 while connections are tracked, with query "%s"', async query => {
    const { old } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })

    expect(await old.delete(`/${ID}${query}`)).toMatchObject({ status: 400, errors: [{ code: 1022 }] })
    expect((await old.get(`/${ID}`)).result).toMatchObject({ deleted_at: null, connections: { length: 4 } })
  })
})

describe('DELETE tunnels/{id}, 404', { tags: ['tunnel_not_found', 'tunnel_not_found_elsewhere'] }, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { old } = await startEmulator()

    expect(await old.delete(`/${UNKNOWN_ID}`)).toMatchObject({ status: 404, errors: [{ code: 1002 }] })
  })
})
