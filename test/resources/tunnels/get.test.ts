import { describe, expect, it } from 'vitest'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, seedOf, startDouble, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

describe('GET cfd_tunnel/{id}, 200', { tags: ['tunnel_answer'] }, () => {
  it('answers with the recorded keys in the recorded order', async () => {
    const { create, get } = await startDouble()
    const { id } = await create({ name: 'blog', config_src: 'cloudflare', tunnel_secret: SECRET })
    const { status, success, errors, messages, result } = await get<Tunnel>(`/${id}`)

    expect({ status, success, errors, messages }).toEqual({ status: 200, success: true, errors: [], messages: [] })
    expect(Object.keys(result)).toEqual([
      'id',
      'account_tag',
      'created_at',
      'deleted_at',
      'name',
      'conns_active_at',
      'conns_inactive_at',
      'tun_type',
      'metadata',
      'status',
      'remote_config',
      'config_src',
    ])
  })

  it('is what its creation answered with, without its secrets and connections', {
    tags: ['connections_gone'],
  }, async () => {
    const { create, get } = await startDouble()
    const { token, credentials_file, connections, ...tunnel } = await create({ name: 'blog' })

    expect((await get(`/${tunnel.id}`)).result).toEqual(tunnel)
  })

  it('keeps metadata and times as seeded, times with six digits', { tags: ['timestamps'] }, async () => {
    const { get } = await startDouble({
      seed: seedOf({ id: ID, name: 'blog', metadata: { qtid: 'x' }, created_at: '2020-01-01T02:00:00.5+02:00' }),
    })

    expect((await get(`/${ID}`)).result).toMatchObject({
      metadata: { qtid: 'x' },
      created_at: '2020-01-01T00:00:00.500000Z',
      conns_inactive_at: '2020-01-01T00:00:00.500000Z',
    })
  })

  it('is active since its first connection while it has a live one', { tags: ['activity_times'] }, async () => {
    const { get } = await startDouble({
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

  it('is inactive since it lost its last connection', { tags: ['activity_times'] }, async () => {
    const { get } = await startDouble({
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
    ['never connected', [], 'inactive'],
    ['four live connections', [{}], 'healthy'],
    ['five live connections', [{ connections: [{}, {}, {}, {}, {}] }], 'healthy'],
    ['two connectors of four', [{}, {}], 'healthy'],
    ['one live connection', [{ connections: [{}] }], 'degraded'],
    ['a second connector of three', [{}, { connections: [{}, {}, {}] }], 'degraded'],
    ['four live and one lost just now', [{ connections: [{}, {}, {}, {}, { lost_at: '-10s' }] }], 'degraded'],
    ['four live and one lost for good', [{ connections: [{}, {}, {}, {}, { lost_at: '-10m' }] }], 'healthy'],
    ['a second connector that is gone', [{}, { connections: [{ closed_at: '-1m' }] }], 'healthy'],
    ['a second connector that waits to come back', [{}, { connections: [{ lost_at: '-10s' }] }], 'degraded'],
    ['only pending ones', [{ connections: [{ lost_at: '-10s' }] }], 'down'],
    ['only closed ones', [{ connections: [{ closed_at: '-10s' }] }], 'down'],
  ])('with %s is %s', { tags: ['tunnel_status', 'status_threshold'] }, async (_, connectors, status) => {
    const { get } = await startDouble({
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
    'shows a deleted tunnel of config_src %s without it and never as remote',
    { tags: ['get_deleted', 'config_src_in_answers'] },
    async (config_src, connectors) => {
      const { get } = await startDouble({
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

  it('takes the ids in upper case and answers in lower', { tags: ['id_case'] }, async () => {
    const { get } = await startDouble({ seed: seedOf({ id: ID, name: 'blog' }) }, ACCOUNT.toUpperCase())

    expect((await get(`/${ID.toUpperCase()}`)).result).toMatchObject({ id: ID, account_tag: ACCOUNT })
  })
})

describe('GET cfd_tunnel/{id}, 404', { tags: ['tunnel_not_found', 'id_form'] }, () => {
  it('1003: does not find what never was', async () => {
    const { get } = await startDouble()

    expect(await get(`/${UNKNOWN_ID}`)).toMatchObject({
      status: 404,
      success: false,
      errors: [{ code: 1003, message: 'Tunnel not found' }],
      messages: [],
      result: null,
    })
  })

  it('1003: does not find the tunnel of another account', async () => {
    const { get } = await startDouble({ seed: ['docs'] }, '00000000000000000000000000000001')

    expect(await get(`/${ID}`)).toMatchObject({ status: 404, errors: [{ code: 1003 }] })
  })

  it.each(['blog', ID.slice(1), `${ID}0`, ID.replaceAll('-', ''), `%7B${ID}%7D`, '%20', 'a'.repeat(300)])(
    '7003: routes no id that is no UUID, such as %s',
    async id => {
      const { get } = await startDouble({ seed: seedOf({ id: ID, name: 'blog' }) })
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
