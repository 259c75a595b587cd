import { describe, expect, it } from 'vitest'
import type { StateConnector } from '../../../schemas/state.ts'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const FIRST = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const SECOND = '2bedc50d-42b3-473c-b108-ff3d10c0d925'
const BOTH = [
  { id: FIRST, run_at: '-2h' },
  { id: SECOND, run_at: '-1h' },
]

function startWith(connectors: readonly StateConnector[], account = ACCOUNT) {
  return startEmulator(
    { seed: seedOf({ id: ID, name: 'blog', created_at: '-1d', connectors: [...connectors] }) },
    account,
  )
}

describe('DELETE cfd_tunnel/{id}/connections, 200', { tags: ['clean_up'] }, () => {
  it('closes all connections and returns null', { tags: ['clean_up_answer'] }, async () => {
    const { get, delete: remove } = await startWith(BOTH)
    const response = await remove(`/${ID}/connections`)

    expect(response).toMatchObject({ status: 200, success: true, errors: [], messages: [] })
    expect(response.result).toBeNull()
    expect((await get(`/${ID}/connections`)).result).toEqual([])
    const { result } = await get<Tunnel>(`/${ID}`)
    expect(result).toMatchObject({ status: 'down', conns_active_at: null })
    expect(result.conns_inactive_at).not.toBeNull()
  })

  it('with client_id closes the connections of that connector only and keeps conns_active_at', async () => {
    const { get, delete: remove } = await startWith(BOTH)
    const { result: before } = await get<Tunnel>(`/${ID}`)
    expect((await remove(`/${ID}/connections?client_id=${FIRST}`)).status).toBe(200)

    expect((await get(`/${ID}/connections`)).result).toMatchObject([{ id: SECOND }])
    expect((await get(`/${ID}`)).result).toEqual(before)
    expect(before).toMatchObject({ status: 'healthy', conns_inactive_at: null })
  })

  it('with client_id of the last connector takes the tunnel down', async () => {
    const { get, delete: remove } = await startWith(BOTH)
    await remove(`/${ID}/connections?client_id=${FIRST}`)
    await remove(`/${ID}/connections?client_id=${SECOND}`)

    expect((await get(`/${ID}/connections`)).result).toEqual([])
    expect((await get(`/${ID}`)).result).toMatchObject({ status: 'down', conns_active_at: null })
  })

  it.each([
    ['all connectors', ''],
    ['its own connector', `?client_id=${FIRST}`],
  ])('for %s closes pending connections and keeps their time of loss', async (_, query) => {
    const { get, delete: remove } = await startWith([{ id: FIRST, connections: [{ lost_at: '-30s' }] }])
    const { result: before } = await get<Tunnel>(`/${ID}`)
    await remove(`/${ID}/connections${query}`)

    expect((await get(`/${ID}/connections`)).result).toEqual([])
    expect((await get(`/${ID}`)).result).toEqual(before)
  })

  it('with client_id keeps the pending connections of another connector and takes the tunnel down', async () => {
    const { get, delete: remove } = await startWith([{ id: FIRST }, { id: SECOND, connections: [{ lost_at: '-30s' }] }])
    await remove(`/${ID}/connections?client_id=${FIRST}`)

    expect((await get(`/${ID}/connections`)).result).toMatchObject([
      { id: SECOND, conns: [{ is_pending_reconnect: true }] },
    ])
    expect((await get(`/${ID}`)).result).toMatchObject({ status: 'down', conns_active_at: null })
  })

  it('allows the tunnel to be deleted', async () => {
    const { delete: remove } = await startWith(BOTH)
    expect((await remove(`/${ID}`)).status).toBe(400)
    await remove(`/${ID}/connections`)

    expect((await remove(`/${ID}`)).status).toBe(200)
  })

  it.each(['', `?client_id=${FIRST}`])(
    'with "%s" succeeds and changes nothing if nothing is connected',
    { tags: ['clean_up_nothing'] },
    async query => {
      const { get, delete: remove } = await startWith([])
      const before = await get(`/${ID}`)

      expect(await remove(`/${ID}/connections${query}`)).toMatchObject({ status: 200, result: null })
      expect((await get(`/${ID}`)).result).toEqual(before.result)
    },
  )

  it('with an unknown client_id succeeds and closes nothing', { tags: ['clean_up_nothing'] }, async () => {
    const { get, delete: remove } = await startWith(BOTH)

    expect((await remove(`/${ID}/connections?client_id=${UNKNOWN_ID}`)).status).toBe(200)
    expect((await get(`/${ID}/connections`)).result).toHaveLength(2)
  })

  it('succeeds if repeated, and for a deleted tunnel', async () => {
    const { get, delete: remove } = await startWith(BOTH)
    await remove(`/${ID}/connections`)
    const down = await get(`/${ID}`)

    expect((await remove(`/${ID}/connections`)).status).toBe(200)
    expect((await get(`/${ID}`)).result).toEqual(down.result)
    const deleted = await remove<Tunnel>(`/${ID}`)
    expect((await remove(`/${ID}/connections`)).status).toBe(200)
    expect(await get(`/${ID}`)).toMatchObject({ result: { deleted_at: deleted.result.deleted_at } })
  })

  it('keeps the connections of another tunnel, even with the same connector and connection ids', async () => {
    const { get, delete: remove } = await startEmulator({
      seed: seedOf(
        { id: ID, name: 'blog', connectors: [{ id: FIRST, connections: [{ id: SECOND }] }] },
        { id: UNKNOWN_ID, name: 'shop', connectors: [{ id: FIRST, connections: [{ id: SECOND }] }] },
      ),
    })
    await remove(`/${ID}/connections?client_id=${FIRST}`)

    expect((await get(`/${ID}/connections`)).result).toEqual([])
    expect((await get(`/${UNKNOWN_ID}/connections`)).result).toMatchObject([{ id: FIRST }])
  })

  it('ignores its body', { tags: ['body_not_needed'] }, async () => {
    const { get, delete: remove } = await startWith(BOTH)

    expect((await remove(`/${ID}/connections`, '{"not json')).status).toBe(200)
    expect((await get(`/${ID}/connections`)).result).toEqual([])
  })

  it('accepts ids in upper case', { tags: ['id_case'] }, async () => {
    const { get, delete: remove } = await startWith(BOTH, ACCOUNT.toUpperCase())

    expect((await remove(`/${ID.toUpperCase()}/connections?client_id=${FIRST.toUpperCase()}`)).status).toBe(200)
    expect((await get(`/${ID}/connections`)).result).toMatchObject([{ id: SECOND }])
  })
})

describe('DELETE cfd_tunnel/{id}/connections, 400', { tags: ['query_refused'] }, () => {
  it.each(['me', '', `${FIRST},${SECOND}`])('answers 1030 for client_id=%s and closes nothing', async client_id => {
    const { get, delete: remove } = await startWith(BOTH)

    expect(await remove(`/${ID}/connections?client_id=${client_id}`)).toMatchObject({
      status: 400,
      errors: [{ code: 1030, message: expect.stringContaining('Query deserialize error: UUID parsing failed: ') }],
      result: null,
    })
    expect((await get(`/${ID}/connections`)).result).toHaveLength(2)
  })
})

describe('DELETE cfd_tunnel/{id}/connections, 404', {
  tags: ['tunnel_not_found', 'tunnel_not_found_elsewhere', 'id_form'],
}, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { delete: remove } = await startEmulator()

    expect(await remove(`/${UNKNOWN_ID}/connections`)).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
      result: null,
    })
  })

  it('answers 7003 for an id that is not a UUID', async () => {
    const { delete: remove } = await startEmulator()

    expect(await remove('/blog/connections')).toMatchObject({ status: 404, errors: [{ code: 7003 }, { code: 7000 }] })
  })
})
