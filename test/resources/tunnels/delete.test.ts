import { describe, expect, it } from 'vitest'
import type { StateConnector } from '../../../schemas/state.ts'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import type { EmulatorOptions } from '../../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf, startDouble, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

function startWith(connector: StateConnector, options: EmulatorOptions = {}) {
  return startDouble({
    seed: seedOf({
      id: ID,
      name: 'blog',
      config_src: 'cloudflare',
      created_at: '2020-01-01T00:00:00Z',
      connectors: [{ run_at: '2020-02-01T00:00:00Z', ...connector }],
    }),
    ...options,
  })
}

describe('DELETE cfd_tunnel/{id}, 200', { tags: ['delete_answer'] }, () => {
  it('answers with the recorded keys in the recorded order, without config_src', async () => {
    const { create, delete: remove } = await startDouble()
    const { id } = await create({ name: 'blog', config_src: 'cloudflare' })
    const { status, result } = await remove<Tunnel>(`/${id}`)

    expect(status).toBe(200)
    expect(Object.keys(result)).toEqual([
      'id',
      'account_tag',
      'created_at',
      'deleted_at',
      'name',
      'connections',
      'conns_active_at',
      'conns_inactive_at',
      'tun_type',
      'metadata',
      'status',
      'remote_config',
    ])
  })

  it('marks the tunnel as deleted and changes nothing else of one that never connected', async () => {
    const { create, get, delete: remove } = await startDouble()
    const { token, credentials_file, config_src, ...created } = await create({ name: 'blog', config_src: 'cloudflare' })
    const { result } = await remove<Tunnel>(`/${created.id}`)

    expect(result).toEqual({ ...created, deleted_at: result.deleted_at, remote_config: false })
    expect(result.deleted_at).not.toBeNull()

    const { connections, ...withoutConnections } = result
    expect(connections).toEqual([])
    expect((await get(`/${created.id}`)).result).toEqual(withoutConnections)
    expect((await get('')).result).toEqual([])
    expect((await get('?is_deleted=true')).result).toEqual([withoutConnections])
  })

  it.each([
    ['stopped', { closed_at: '2020-03-01T00:00:00Z' }],
    ['was lost for good', { lost_at: '2020-03-01T00:00:00Z' }],
  ])(
    'keeps the moment of loss when its last connection %s',
    { tags: ['activity_times', 'connection_closed'] },
    async (_, connection) => {
      const { delete: remove } = await startWith({ connections: [connection] })

      expect((await remove(`/${ID}`)).result).toMatchObject({
        connections: [],
        conns_active_at: null,
        conns_inactive_at: '2020-03-01T00:00:00.000000Z',
        status: 'down',
        remote_config: false,
      })
    },
  )

  it('cascade=true drops live connections, which are lost in that moment', { tags: ['delete_cascade'] }, async () => {
    const { get, delete: remove } = await startWith({})
    const { status, result } = await remove<Tunnel>(`/${ID}?cascade=true`)

    expect(status).toBe(200)
    expect(result).toMatchObject({
      connections: [],
      conns_active_at: null,
      conns_inactive_at: result.deleted_at,
      status: 'down',
    })
    expect(result.deleted_at).not.toBeNull()
    expect((await get(`/${ID}/connections`)).result).toEqual([])
    expect((await get(`/${ID}`)).result).toMatchObject({ status: 'down', conns_inactive_at: result.deleted_at })
  })

  it('cascade=true drops pending connections, which were lost before', { tags: ['delete_cascade'] }, async () => {
    const { get, delete: remove } = await startWith({ connections: [{ lost_at: '-30s' }] })
    const { result: before } = await get<Tunnel>(`/${ID}`)
    const { status, result } = await remove<Tunnel>(`/${ID}?cascade=true`)

    expect(status).toBe(200)
    expect(result.conns_inactive_at).toBe(before.conns_inactive_at)
    expect(result.conns_inactive_at).not.toBe(result.deleted_at)
    expect((await get(`/${ID}/connections`)).result).toEqual([])
  })

  it.each(['?cascade=true', '?cascade=false', '?force=true'])('takes %s where nothing is connected', async query => {
    const { create, delete: remove } = await startDouble()
    const { id } = await create({ name: 'blog' })

    expect((await remove(`/${id}${query}`)).status).toBe(200)
  })

  it('no longer waits for a lost connection after the grace window', { tags: ['connection_expiry'] }, async () => {
    const { delete: remove } = await startWith({ connections: [{ lost_at: '-30s' }] }, { pending_reconnect_ms: 20_000 })

    expect((await remove(`/${ID}`)).status).toBe(200)
  })

  it('changes nothing when repeated, and the live tunnel that took the name stays', {
    tags: ['delete_again'],
  }, async () => {
    const { create, get, delete: remove } = await startDouble()
    const { id } = await create({ name: 'blog' })
    const first = await remove(`/${id}`)
    const next = await create({ name: 'blog' })
    const second = await remove(`/${id}`)

    expect(second).toMatchObject({ status: 200, result: first.result })
    expect((await get('')).result).toMatchObject([{ id: next.id }])
  })

  it.each([
    ['no body and no content type', undefined, undefined],
    ['an empty body with a JSON content type', '', 'application/json'],
    ['an empty object', '{}', 'application/json'],
    ['garbage', '{"not json', 'application/json'],
    ['a text', 'please', 'text/plain'],
  ])('takes %s as body', { tags: ['body_not_needed'] }, async (_, payload, type) => {
    const { create, send } = await startDouble()
    const { id } = await create({ name: 'blog' })
    const { status, result } = await send({
      method: 'DELETE',
      url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel/${id}`,
      headers: { authorization: 'Bearer token', ...(type && { 'content-type': type }) },
      ...(payload !== undefined && { payload }),
    })

    expect(status).toBe(200)
    expect(result).toMatchObject({ id, deleted_at: expect.any(String) })
  })

  it('takes a JSON content type without any body', { tags: ['body_not_needed'] }, async () => {
    const { create, delete: remove } = await startDouble()
    const { id } = await create({ name: 'blog' })
    const headers = { authorization: 'Bearer token', 'content-type': 'application/json' }

    expect((await remove(`/${id}`, undefined, headers)).status).toBe(200)
  })

  it('takes the ids in upper case', { tags: ['id_case'] }, async () => {
    const { delete: remove } = await startDouble({ seed: seedOf({ id: ID, name: 'blog' }) }, ACCOUNT.toUpperCase())

    expect((await remove(`/${ID.toUpperCase()}`)).result).toMatchObject({ id: ID, deleted_at: expect.any(String) })
  })
})

describe('DELETE cfd_tunnel/{id}, 400', { tags: ['tunnel_connected'] }, () => {
  it.each([
    ['live', { connections: [{}] }, ''],
    ['live', {}, '?cascade=false'],
    ['live', {}, '?cascade='],
    ['pending', { connections: [{ lost_at: '-30s' }] }, ''],
  ])(
    '1022: refuses while connections are %s and keeps the tunnel as it is',
    { tags: ['delete_pending', 'query_empty_flag'] },
    async (_, connector, query) => {
      const { get, delete: remove } = await startWith(connector)
      const before = await get(`/${ID}`)
      const connections = await get(`/${ID}/connections`)

      expect(await remove(`/${ID}${query}`)).toMatchObject({
        status: 400,
        success: false,
        errors: [
          {
            code: 1022,
            message:
              'This tunnel has active connections. Please stop all cloudflared replicas, or wait a few minutes for connections to close, then try again.',
          },
        ],
        messages: [],
        result: null,
      })
      expect((await get(`/${ID}`)).result).toEqual(before.result)
      expect((await get(`/${ID}/connections`)).result).toEqual(connections.result)
    },
  )

  it.each(['yes', '1', 'TRUE'])(
    '1030: refuses cascade=%s and deletes nothing',
    { tags: ['query_refused'] },
    async value => {
      const { create, get, delete: remove } = await startDouble()
      const { id } = await create({ name: 'blog' })

      expect(await remove(`/${id}?cascade=${value}`)).toMatchObject({
        status: 400,
        errors: [{ code: 1030, message: expect.stringContaining('cascade: invalid type: string, expected boolean') }],
      })
      expect((await get(`/${id}`)).result).toMatchObject({ deleted_at: null })
    },
  )
})

describe('DELETE cfd_tunnel/{id}, 404', { tags: ['tunnel_not_found', 'id_form'] }, () => {
  it('1003: does not find what never was', async () => {
    const { delete: remove } = await startDouble()

    expect(await remove(`/${UNKNOWN_ID}`)).toMatchObject({
      status: 404,
      errors: [{ code: 1003, message: 'Tunnel not found' }],
      result: null,
    })
  })

  it('7003: routes no id that is no UUID', async () => {
    const { delete: remove } = await startDouble()

    expect(await remove('/blog')).toMatchObject({
      status: 404,
      errors: [
        { code: 7003, message: expect.stringContaining(`/accounts/${ACCOUNT}/cfd_tunnel/blog,`) },
        { code: 7000 },
      ],
    })
  })
})
