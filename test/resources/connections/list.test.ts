import { describe, expect, it } from 'vitest'
import type { Client } from '../../../schemas/client.ts'
import type { StateConnector } from '../../../schemas/state.ts'
import type { EmulatorOptions } from '../../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'
const SECOND = '2bedc50d-42b3-473c-b108-ff3d10c0d925'

async function startWith(connectors: readonly StateConnector[], options: EmulatorOptions = {}) {
  const { get } = await startEmulator({
    seed: seedOf({ id: ID, name: 'blog', created_at: '2020-01-01T00:00:00Z', connectors: [...connectors] }),
    ...options,
  })
  return { get, clients: async () => (await get<Client[]>(`/${ID}/connections`)).result }
}

describe('GET cfd_tunnel/{id}/connections, 200', { tags: ['connector_answer'] }, () => {
  it('returns an empty list without paging for a tunnel that never connected', {
    tags: ['connections_none', 'connections_unpaged'],
  }, async () => {
    const { get } = await startWith([])
    const response = await get(`/${ID}/connections`)

    expect(response).toMatchObject({ status: 200, success: true, errors: [], messages: [], result: [] })
    expect(response).not.toHaveProperty('result_info')
  })

  it('returns a connector with the recorded keys', async () => {
    const { get } = await startWith([
      {
        id: CONNECTOR,
        version: '2022.7.1',
        arch: 'darwin_arm64',
        features: ['ha-origin'],
        run_at: '2020-02-01T00:00:00Z',
        config_version: 15,
        connections: [{ id: SECOND, colo_name: 'DFW', origin_ip: '10.1.0.137', opened_at: '2020-02-01T00:00:01.5Z' }],
      },
    ])

    expect((await get(`/${ID}/connections`)).result).toEqual([
      {
        id: CONNECTOR,
        features: ['ha-origin'],
        version: '2022.7.1',
        arch: 'darwin_arm64',
        conns: [
          {
            colo_name: 'DFW',
            uuid: SECOND,
            id: SECOND,
            is_pending_reconnect: false,
            origin_ip: '10.1.0.137',
            opened_at: '2020-02-01T00:00:01.500000Z',
            client_id: CONNECTOR,
            client_version: '2022.7.1',
          },
        ],
        run_at: '2020-02-01T00:00:00.000000Z',
        ha_status: null,
        config_version: 15,
      },
    ])
  })

  it('returns four connections by default, alternating between two data centers, the first opened at run_at', {
    tags: ['connector_spread'],
  }, async () => {
    const { clients } = await startWith([{ id: CONNECTOR, run_at: '2020-02-01T00:00:00Z' }])
    const [{ conns, run_at } = { conns: [], run_at: '' }] = await clients()
    const [a, b, c, d] = conns.map(({ colo_name }) => colo_name)

    expect(conns).toHaveLength(4)
    expect([c, d]).toEqual([a, b])
    expect(a).not.toBe(b)
    expect(conns[0]?.opened_at).toBe(run_at)
    expect(conns.map(({ opened_at }) => opened_at)).toEqual(conns.map(({ opened_at }) => opened_at).toSorted())
    expect(new Set(conns.map(({ id }) => id)).size).toBe(4)
  })

  it.each([
    [undefined, undefined],
    [null, undefined],
    [0, undefined],
    [1, 1],
  ])('for config_version %s returns %s', { tags: ['connector_config_version'] }, async (config_version, expected) => {
    const { clients } = await startWith([{ ...(config_version !== undefined && { config_version }) }])
    const [client] = await clients()

    expect(client?.ha_status).toBeNull()
    expect(client?.config_version).toBe(expected)
    expect(Object.hasOwn(client ?? {}, 'config_version')).toBe(expected !== undefined)
  })

  it('returns the version of the newest seeded configuration', async () => {
    const config = { ingress: [{ service: 'hello_world' }] }
    const { get } = await startEmulator({
      seed: seedOf({ id: ID, name: 'blog', configurations: [{ config }, { config }], connectors: [{}] }),
    })

    expect((await get(`/${ID}/connections`)).result).toMatchObject([{ config_version: 1 }])
  })

  it('returns the oldest connector first', async () => {
    const { clients } = await startWith([
      { id: CONNECTOR, run_at: '2020-03-01T00:00:00Z' },
      { id: SECOND, run_at: '2020-02-01T00:00:00Z' },
    ])

    expect((await clients()).map(({ id }) => id)).toEqual([SECOND, CONNECTOR])
  })

  it('returns a lost connection as pending, next to live ones', { tags: ['connection_pending'] }, async () => {
    const { clients } = await startWith([{ connections: [{}, { lost_at: '-30s' }, {}] }])
    const [client] = await clients()

    expect(client?.conns.map(({ is_pending_reconnect }) => is_pending_reconnect).toSorted()).toEqual([
      false,
      false,
      true,
    ])
  })

  it('returns a connector if all its connections are pending', async () => {
    const { clients } = await startWith([{ id: CONNECTOR, connections: [{ lost_at: '-30s' }] }])

    expect(await clients()).toMatchObject([{ id: CONNECTOR, conns: [{ is_pending_reconnect: true }] }])
  })

  it.each([
    ['closed', { closed_at: '-1s' }],
    ['lost before the reconnect window', { lost_at: '-6m' }],
    ['lost, then closed', { lost_at: '-30s', closed_at: '-10s' }],
  ])('omits a connection that was %s', { tags: ['connection_closed', 'connection_expiry'] }, async (_, connection) => {
    const { clients } = await startWith([
      { id: CONNECTOR, connections: [{}, connection] },
      { connections: [connection] },
    ])

    expect(await clients()).toMatchObject([{ id: CONNECTOR, conns: [{ is_pending_reconnect: false }] }])
  })

  it.each([
    [20_000, 0],
    [60_000, 1],
  ])(
    'with a reconnect window of %i ms returns %i connectors that were lost 30 seconds ago',
    { tags: ['connection_expiry'] },
    async (pending_reconnect_ms, count) => {
      const { clients } = await startWith([{ connections: [{ lost_at: '-30s' }] }], { pending_reconnect_ms })

      expect(await clients()).toHaveLength(count)
    },
  )

  it('returns an empty list for a deleted tunnel', async () => {
    const { get } = await startEmulator({
      seed: seedOf({ id: ID, name: 'blog', created_at: '-2d', deleted_at: '-1d', connectors: [{}] }),
    })

    expect(await get(`/${ID}/connections`)).toMatchObject({ status: 200, result: [] })
  })

  it('accepts ids in upper case', { tags: ['id_case'] }, async () => {
    const { get } = await startEmulator(
      { seed: seedOf({ id: ID, name: 'blog', connectors: [{ id: CONNECTOR }] }) },
      ACCOUNT.toUpperCase(),
    )

    expect((await get(`/${ID.toUpperCase()}/connections`)).result).toMatchObject([{ id: CONNECTOR }])
  })
})

describe('GET cfd_tunnel/{id}/connections, 404', {
  tags: ['tunnel_not_found', 'tunnel_not_found_elsewhere', 'id_form'],
}, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { get } = await startEmulator()

    expect(await get(`/${UNKNOWN_ID}/connections`)).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
      result: null,
    })
  })

  it('answers 7003 for an id that is not a UUID', async () => {
    const { get } = await startEmulator()

    expect(await get('/blog/connections')).toMatchObject({ status: 404, errors: [{ code: 7003 }, { code: 7000 }] })
  })
})
