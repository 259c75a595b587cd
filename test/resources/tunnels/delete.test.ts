import { describe, expect, it } from 'vitest'
import type { StateConnector } from '../../../schemas/state.ts'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import type { EmulatorOptions } from '../../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { tunnelKeysWithout } from '../../support/tunnel-keys.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

function startWith(connector: StateConnector, options: EmulatorOptions = {}) {
  return startEmulator({
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
  it('returns the recorded keys in the recorded order, without config_src', async () => {
    const { create, delete: remove } = await startEmulator()
    const { id } = await create({ name: 'blog', config_src: 'cloudflare' })
    const { status, result } = await remove<Tunnel>(`/${id}`)

    expect(status).toBe(200)
    expect(Object.keys(result)).toEqual(tunnelKeysWithout('config_src', 'credentials_file', 'token'))
  })

  it('marks a tunnel that never connected as deleted and changes nothing else', async () => {
    const { create, get, delete: remove } = await startEmulator()
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
    'keeps the time of loss if its last connection %s',
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

  it('with cascade=true closes live connections at the time of deletion', { tags: ['delete_cascade'] }, async () => {
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

  it('with cascade=true closes pending connections and keeps their time of loss', {
    tags: ['delete_cascade'],
  }, async () => {
    const { get, delete: remove } = await startWith({ connections: [{ lost_at: '-30s' }] })
    const { result: before } = await get<Tunnel>(`/${ID}`)
    const { status, result } = await remove<Tunnel>(`/${ID}?cascade=true`)

    expect(status).toBe(200)
    expect(result.conns_inactive_at).toBe(before.conns_inactive_at)
    expect(result.conns_inactive_at).not.toBe(result.deleted_at)
    expect((await get(`/${ID}/connections`)).result).toEqual([])
  })

  it('leaves a tunnel that never connected inactive', { tags: ['delete_keeps_inactive'] }, async () => {
    const { create, get, delete: remove } = await startEmulator()
    const { id } = await create({ name: 'blog' })

    expect((await remove(`/${id}`)).result).toMatchObject({ status: 'inactive' })
    expect((await get(`/${id}`)).result).toMatchObject({ status: 'inactive' })
  })

  it.each(['?cascade=true', '?cascade=false', '?force=true'])('accepts %s if nothing is connected', async query => {
    const { create, delete: remove } = await startEmulator()
    const { id } = await create({ name: 'blog' })

    expect((await remove(`/${id}${query}`)).status).toBe(200)
  })

  it('succeeds once the reconnect window of a lost connection is over', { tags: ['connection_expiry'] }, async () => {
    const { delete: remove } = await startWith({ connections: [{ lost_at: '-30s' }] }, { pending_reconnect_ms: 20_000 })

    expect((await remove(`/${ID}`)).status).toBe(200)
  })

  it('changes nothing if repeated, and keeps a live tunnel that has the same name', {
    tags: ['delete_again'],
  }, async () => {
    const { create, get, delete: remove } = await startEmulator()
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
    ['invalid JSON', '{"not json', 'application/json'],
    ['plain text', 'please', 'text/plain'],
  ])('accepts %s as its body', { tags: ['body_not_needed'] }, async (_, payload, type) => {
    const { create, send } = await startEmulator()
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

  it('accepts a JSON content type without a body', { tags: ['body_not_needed'] }, async () => {
    const { create, delete: remove } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    const headers = { authorization: 'Bearer token', 'content-type': 'application/json' }

    expect((await remove(`/${id}`, undefined, headers)).status).toBe(200)
  })

  it('accepts ids in upper case', { tags: ['id_case'] }, async () => {
    const { delete: remove } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog' }) }, ACCOUNT.toUpperCase())

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
    'answers 1022 while connections are %s and changes nothing',
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
    'answers 1030 for cascade=%s and deletes nothing',
    { tags: ['query_refused'] },
    async value => {
      const { create, get, delete: remove } = await startEmulator()
      const { id } = await create({ name: 'blog' })

      expect(await remove(`/${id}?cascade=${value}`)).toMatchObject({
        status: 400,
        errors: [{ code: 1030, message: expect.stringContaining('provided string was not `true` or `false`') }],
      })
      expect((await get(`/${id}`)).result).toMatchObject({ deleted_at: null })
    },
  )
})

describe('DELETE cfd_tunnel/{id}, 404', { tags: ['tunnel_not_found', 'id_form'] }, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { delete: remove } = await startEmulator()

    expect(await remove(`/${UNKNOWN_ID}`)).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
      result: null,
    })
  })

  it('answers 7003 for an id that is not a UUID', async () => {
    const { delete: remove } = await startEmulator()

    expect(await remove('/blog')).toMatchObject({
      status: 404,
      errors: [
        { code: 7003, message: expect.stringContaining(`/accounts/${ACCOUNT}/cfd_tunnel/blog,`) },
        { code: 7000 },
      ],
    })
  })
})
