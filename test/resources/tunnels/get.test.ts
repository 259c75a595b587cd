import { describe, expect, it } from 'vitest'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { tunnelKeysWithout } from '../../support/tunnel-keys.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

describe('GET cfd_tunnel/{id}, 200', { tags: ['tunnel_answer'] }, () => {
  it('returns the recorded keys in the recorded order', async () => {
    const { create, get } = await startEmulator()
    const { id } = await create({ name: 'blog', config_src: 'cloudflare', tunnel_secret: SECRET })
    const { status, success, errors, messages, result } = await get<Tunnel>(`/${id}`)

    expect({ status, success, errors, messages }).toEqual({ status: 200, success: true, errors: [], messages: [] })
    expect(Object.keys(result)).toEqual(tunnelKeysWithout('connections', 'credentials_file', 'token'))
  })

  it('returns what the create returned, without secrets and connections', {
    tags: ['connections_gone'],
  }, async () => {
    const { create, get } = await startEmulator()
    const { token, credentials_file, connections, ...tunnel } = await create({ name: 'blog' })

    expect((await get(`/${tunnel.id}`)).result).toEqual(tunnel)
  })

  it('returns seeded metadata and times, the times with six decimals', { tags: ['timestamps'] }, async () => {
    const { get } = await startEmulator({
      seed: seedOf({ id: ID, name: 'blog', metadata: { qtid: 'x' }, created_at: '2020-01-01T02:00:00.5+02:00' }),
    })

    expect((await get(`/${ID}`)).result).toMatchObject({
      metadata: { qtid: 'x' },
      created_at: '2020-01-01T00:00:00.500000Z',
      conns_inactive_at: '2020-01-01T00:00:00.500000Z',
    })
  })

  it('says active since the first connection while a connection is live', { tags: ['activity_times'] }, async () => {
    const { get } = await startEmulator({
      seed: seedOf({
        id: ID,
        name: 'blog',
        created_at: '2020-01-01T00:00:00Z',
        connectors: [{ run_at: '2020-02-01T00:00:00Z' }],
      }),
    })

    expect((await get(`/${ID}`)).result).toMatchObject({
      status: 'healthy',
      conns_active_at: '2020-02-01T00:00:00.000000Z',
      conns_inactive_at: null,
    })
  })

  it('says inactive since the loss of the last connection', { tags: ['activity_times'] }, async () => {
    const { get } = await startEmulator({
      seed: seedOf({
        id: ID,
        name: 'blog',
        created_at: '2020-01-01T00:00:00Z',
        connectors: [
          {
            run_at: '2020-02-01T00:00:00Z',
            connections: [{ closed_at: '2020-03-01T00:00:00Z' }, { closed_at: '2020-03-02T00:00:00Z' }],
          },
        ],
      }),
    })

    expect((await get(`/${ID}`)).result).toMatchObject({
      status: 'down',
      conns_active_at: null,
      conns_inactive_at: '2020-03-02T00:00:00.000000Z',
    })
  })

  it.each([
    ['no connection ever', [], 'inactive'],
    ['four live connections', [{}], 'healthy'],
    ['five live connections', [{ connections: [{}, {}, {}, {}, {}] }], 'healthy'],
    ['two connectors of four connections each', [{}, {}], 'healthy'],
    ['one live connection', [{ connections: [{}] }], 'degraded'],
    ['a second connector of three connections', [{}, { connections: [{}, {}, {}] }], 'degraded'],
    ['four live connections and one just lost', [{ connections: [{}, {}, {}, {}, { lost_at: '-10s' }] }], 'degraded'],
    [
      'four live connections and one lost for good',
      [{ connections: [{}, {}, {}, {}, { lost_at: '-10m' }] }],
      'healthy',
    ],
    ['a second connector that is gone', [{}, { connections: [{ closed_at: '-1m' }] }], 'healthy'],
    ['a second connector that is pending reconnect', [{}, { connections: [{ lost_at: '-10s' }] }], 'degraded'],
    ['only pending connections', [{ connections: [{ lost_at: '-10s' }] }], 'down'],
    ['only closed connections', [{ connections: [{ closed_at: '-10s' }] }], 'down'],
  ])('returns $2 with $0', { tags: ['tunnel_status', 'status_threshold'] }, async (_, connectors, status) => {
    const { get } = await startEmulator({
      seed: seedOf({
        id: ID,
        name: 'blog',
        created_at: '-1d',
        connectors: connectors.map(connector => ({ run_at: '-1h', ...connector })),
      }),
    })

    expect((await get(`/${ID}`)).result).toMatchObject({ status })
  })

  it.each([
    ['local' as const, undefined],
    ['cloudflare' as const, undefined],
    ['cloudflare' as const, [{ run_at: '2020-02-01T00:00:00Z' }]],
  ])(
    'returns a deleted tunnel with config_src %s without config_src and with remote_config false',
    { tags: ['get_deleted', 'config_src_in_answers'] },
    async (config_src, connectors) => {
      const { get } = await startEmulator({
        seed: seedOf({
          id: ID,
          name: 'blog',
          config_src,
          created_at: '2020-01-01T00:00:00Z',
          deleted_at: '2020-03-01T00:00:00Z',
          ...(connectors && { connectors }),
        }),
      })
      const { status, result } = await get(`/${ID}`)

      expect(status).toBe(200)
      expect(result).toMatchObject({
        deleted_at: '2020-03-01T00:00:00.000000Z',
        conns_active_at: null,
        status: connectors ? 'down' : 'inactive',
        remote_config: false,
      })
      expect(result).not.toHaveProperty('config_src')
    },
  )

  it('accepts ids in upper case and returns them in lower case', { tags: ['id_case'] }, async () => {
    const { get } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog' }) }, ACCOUNT.toUpperCase())

    expect((await get(`/${ID.toUpperCase()}`)).result).toMatchObject({ id: ID, account_tag: ACCOUNT })
  })
})

describe('GET cfd_tunnel/{id}, 404', { tags: ['tunnel_not_found', 'id_form'] }, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { get } = await startEmulator()

    expect(await get(`/${UNKNOWN_ID}`)).toMatchObject({
      status: 404,
      success: false,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
      messages: [],
      result: null,
    })
  })

  it('answers 1002 for the tunnel of another account', async () => {
    const { get } = await startEmulator({ seed: ['docs'] }, '00000000000000000000000000000001')

    expect(await get(`/${ID}`)).toMatchObject({ status: 404, errors: [{ code: 1002 }] })
  })

  it.each(['blog', ID.slice(1), `${ID}0`, ID.replaceAll('-', ''), `%7B${ID}%7D`, '%20', 'a'.repeat(300)])(
    'answers 7003 for an id that is not a UUID, such as %s',
    async id => {
      const { get } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog' }) })
      const { status, errors, result } = await get(`/${id}`)

      expect(status).toBe(404)
      expect(errors).toEqual([
        {
          code: 7003,
          message: `Could not route to /accounts/${ACCOUNT}/cfd_tunnel/${id}, perhaps your object identifier is invalid?`,
        },
        { code: 7000, message: 'No route for that URI' },
      ])
      expect(result).toBeNull()
    },
  )
})
