import { describe, expect, it } from 'vitest'
import { seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CREATED = '2020-01-01T00:00:00.000000Z'

function startWith(connections: readonly { lost_at?: string }[], deleted_at?: string) {
  const connectors = [{ run_at: '2020-02-01T00:00:00Z', colos: ['dfw01'], connections: [...connections] }]
  return startEmulator({
    seed: seedOf({ id: ID, name: 'blog', created_at: CREATED, connectors, ...(deleted_at && { deleted_at }) }),
  })
}

describe('GET tunnels/{id}, 200', { tags: ['argo_answer', 'argo_paths'] }, () => {
  it('returns the connections, unlike GET cfd_tunnel/{id}', async () => {
    const { get, old } = await startWith([{}, { lost_at: '-30s' }])

    expect((await old.get(`/${ID}`)).result).toEqual({
      id: ID,
      name: 'blog',
      created_at: CREATED,
      deleted_at: null,
      connections: [
        { colo_name: 'dfw01', is_pending_reconnect: false, uuid: expect.any(String) },
        { colo_name: 'dfw01', is_pending_reconnect: true, uuid: expect.any(String) },
      ],
    })
    expect((await get(`/${ID}`)).result).not.toHaveProperty('connections')
  })

  it('returns a deleted tunnel', async () => {
    const { old } = await startWith([{ lost_at: '2020-03-01T00:00:00Z' }], '2020-04-01T00:00:00Z')

    expect((await old.get(`/${ID}`)).result).toMatchObject({
      deleted_at: '2020-04-01T00:00:00.000000Z',
      connections: [],
    })
  })
})

describe('GET tunnels/{id}, 404', { tags: ['tunnel_not_found', 'tunnel_not_found_elsewhere', 'id_form'] }, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { old } = await startEmulator()

    expect(await old.get(`/${UNKNOWN_ID}`)).toMatchObject({ status: 404, errors: [{ code: 1002 }] })
  })

  it('answers 7003 for an id that is not a UUID', async () => {
    const { old } = await startEmulator()

    expect(await old.get('/blog')).toMatchObject({ status: 404, errors: [{ code: 7003 }, { code: 7000 }] })
  })
})

describe('undeclared methods under tunnels, 405', { tags: ['method_not_allowed'] }, () => {
  it('answer 10405', async () => {
    const { old } = await startWith([{}])

    expect(await old.get(`/${ID}/connections`)).toMatchObject({ status: 405, errors: [{ code: 10405 }] })
    expect(await old.post(`/${ID}`, {})).toMatchObject({ status: 405, errors: [{ code: 10405 }] })
  })
})
