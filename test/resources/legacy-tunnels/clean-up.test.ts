import { describe, expect, it } from 'vitest'
import { seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const LIVE = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const LOST = '2bedc50d-42b3-473c-b108-ff3d10c0d925'

function start() {
  return startEmulator({
    seed: seedOf({
      id: ID,
      name: 'blog',
      created_at: '-1d',
      connectors: [{ id: LIVE }, { id: LOST, connections: [{ lost_at: '-30s' }] }],
    }),
  })
}

describe('DELETE tunnels/{id}/connections, 200', { tags: ['argo_clean_up', 'argo_paths'] }, () => {
  it('closes lost connections, keeps live ones, and returns null', { tags: ['clean_up_answer'] }, async () => {
    const { get, old } = await start()
    const response = await old.delete(`/${ID}/connections`, {})

    expect(response).toMatchObject({ status: 200, success: true, errors: [], messages: [] })
    expect(response.result).toBeNull()
    expect((await get(`/${ID}/connections`)).result).toMatchObject([{ id: LIVE, conns: { length: 4 } }])
    expect((await get(`/${ID}`)).result).toMatchObject({ status: 'healthy' })
  })

  it('ignores client_id, which is newer than this path', async () => {
    const { get, old } = await start()
    await old.delete(`/${ID}/connections?client_id=${LIVE}`)

    expect((await get(`/${ID}/connections`)).result).toMatchObject([{ id: LIVE }])
  })

  it('succeeds if nothing was lost', async () => {
    const { create, old } = await startEmulator()
    const { id } = await create({ name: 'blog' })

    expect((await old.delete(`/${id}/connections`)).status).toBe(200)
  })
})

describe('DELETE tunnels/{id}/connections, 404', { tags: ['tunnel_not_found', 'tunnel_not_found_elsewhere'] }, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { old } = await startEmulator()

    expect(await old.delete(`/${UNKNOWN_ID}/connections`)).toMatchObject({ status: 404, errors: [{ code: 1002 }] })
  })
})
