import { describe, expect, it } from 'vitest'
import { seedOf, startDouble, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const LIVE = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const LOST = '2bedc50d-42b3-473c-b108-ff3d10c0d925'

function start() {
  return startDouble({
    seed: seedOf({
      id: ID,
      name: 'blog',
      created_at: '-1d',
      connectors: [{ id: LIVE }, { id: LOST, connections: [{ lost_at: '-30s' }] }],
    }),
  })
}

describe('DELETE tunnels/{id}/connections, 200', { tags: ['argo_clean_up', 'argo_paths'] }, () => {
  it('drops what is lost, keeps what is live, and answers null', { tags: ['clean_up_answer'] }, async () => {
    const { get, old } = await start()
    const answer = await old.delete(`/${ID}/connections`, {})

    expect(answer).toMatchObject({ status: 200, success: true, errors: [], messages: [] })
    expect(answer.result).toBeNull()
    expect((await get(`/${ID}/connections`)).result).toMatchObject([{ id: LIVE, conns: { length: 4 } }])
    expect((await get(`/${ID}`)).result).toMatchObject({ status: 'healthy' })
  })

  it('does not look at client_id, which is newer', async () => {
    const { get, old } = await start()
    await old.delete(`/${ID}/connections?client_id=${LIVE}`)

    expect((await get(`/${ID}/connections`)).result).toMatchObject([{ id: LIVE }])
  })

  it('is fine where nothing was lost', async () => {
    const { create, old } = await startDouble()
    const { id } = await create({ name: 'blog' })

    expect((await old.delete(`/${id}/connections`)).status).toBe(200)
  })
})

describe('DELETE tunnels/{id}/connections, 404', { tags: ['tunnel_not_found'] }, () => {
  it('1003: does not find what never was', async () => {
    const { old } = await startDouble()

    expect(await old.delete(`/${UNKNOWN_ID}/connections`)).toMatchObject({ status: 404, errors: [{ code: 1003 }] })
  })
})
