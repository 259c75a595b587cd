import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../schemas/configuration.ts'
import { ACCOUNT, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

const HELLO_WORLD = { ingress: [{ service: 'hello_world' }] }

describe('GET cfd_tunnel/{id}/configurations, 200', { tags: ['configuration_answer'] }, () => {
  it('returns version 0 without a config for a remote tunnel before its first PUT', {
    tags: ['configuration_never_put'],
  }, async () => {
    const { create, get } = await startEmulator()
    const { id, created_at } = await create({ name: 'blog', config_src: 'cloudflare' })
    const { status, result } = await get(`/${id}/configurations`)

    expect(status).toBe(200)
    expect(result).toEqual({
      tunnel_id: id,
      version: 0,
      config: null,
      source: 'cloudflare',
      created_at,
    })
  })

  it('returns the configuration of the last PUT', async () => {
    const { create, put, get } = await startEmulator()
    const { id } = await create({ name: 'blog', config_src: 'cloudflare' })
    await put(`/${id}/configurations`, { config: { ingress: [{ service: 'http_status:404' }] } })
    const last = await put<Configuration>(`/${id}/configurations`, { config: HELLO_WORLD })

    expect(last.result).toMatchObject({ version: 2, config: HELLO_WORLD })
    expect(await get(`/${id}/configurations`)).toMatchObject({ status: 200, result: last.result })
  })

  it.each([
    ['latest', []],
    ['latest,configuration_account_id=on', ['account_id']],
  ])('returns the recorded keys, as of %s with %j', { tags: ['configuration_account_id'] }, async (behaviour, more) => {
    const { create, get } = await startEmulator({ behaviour })
    const { id } = await create({ name: 'blog', config_src: 'cloudflare' })
    const { result } = await get<Configuration>(`/${id}/configurations`)

    expect(Object.keys(result)).toEqual(['tunnel_id', 'version', 'config', 'source', 'created_at', ...more])
  })

  it.each([
    ['local' as const, [0, 1]],
    ['cloudflare' as const, [1, 2]],
  ])('returns the version of the last of one or two seeded for a %s tunnel: %j', async (config_src, versions) => {
    const one = { config: HELLO_WORLD }
    for (const [index, version] of versions.entries()) {
      const configurations = index === 0 ? [one] : [one, one]
      const { get } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog', config_src, configurations }) })

      expect((await get(`/${ID}/configurations`)).result).toMatchObject({ version })
    }
  })

  it.each([
    { config_src: undefined, source: undefined, expected: 'local' },
    { config_src: 'cloudflare' as const, source: undefined, expected: 'cloudflare' },
    { config_src: 'cloudflare' as const, source: 'local' as const, expected: 'local' },
  ])('returns a seeded version with source $expected', async ({ config_src, source, expected }) => {
    const { get } = await startEmulator({
      seed: seedOf({
        id: ID,
        name: 'blog',
        created_at: '2020-01-01T00:00:00Z',
        ...(config_src && { config_src }),
        configurations: [
          { config: { ingress: [{ service: 'http_status:404' }] } },
          { version: 7, created_at: '2020-02-01T00:00:00Z', config: HELLO_WORLD, ...(source && { source }) },
        ],
      }),
    })

    expect((await get(`/${ID}/configurations`)).result).toEqual({
      tunnel_id: ID,
      version: 7,
      config: HELLO_WORLD,
      source: expected,
      created_at: '2020-02-01T00:00:00.000000Z',
    })
  })

  it('accepts ids in upper case', { tags: ['id_case'] }, async () => {
    const { get } = await startEmulator(
      { seed: seedOf({ id: ID, name: 'blog', config_src: 'cloudflare' }) },
      ACCOUNT.toUpperCase(),
    )

    expect((await get(`/${ID.toUpperCase()}/configurations`)).result).toMatchObject({ tunnel_id: ID })
  })
})

describe('GET cfd_tunnel/{id}/configurations, 404', { tags: ['configuration_not_found'] }, () => {
  it('answers 1055 for a local tunnel that never had a configuration', {
    tags: ['configuration_of_local'],
  }, async () => {
    const { create, get } = await startEmulator()
    const { id } = await create({ name: 'blog' })

    expect(await get(`/${id}/configurations`)).toMatchObject({
      status: 404,
      success: false,
      errors: [{ code: 1055, message: 'Configuration for tunnel not found' }],
      messages: [],
      result: null,
    })
  })

  it.each([
    ['with versions', true],
    ['without versions', false],
  ])('answers 1055 for a deleted tunnel %s', { tags: ['configuration_of_deleted'] }, async (_, configured) => {
    const { create, put, get, delete: remove } = await startEmulator()
    const { id } = await create({ name: 'blog', config_src: 'cloudflare' })
    if (configured) await put(`/${id}/configurations`, { config: HELLO_WORLD })
    await remove(`/${id}`)

    expect(await get(`/${id}/configurations`)).toMatchObject({ status: 404, errors: [{ code: 1055 }] })
  })

  it('answers 1055 for an unknown tunnel', async () => {
    const { get } = await startEmulator()

    expect(await get(`/${UNKNOWN_ID}/configurations`)).toMatchObject({
      status: 404,
      errors: [{ code: 1055, message: 'Configuration for tunnel not found' }],
    })
  })

  it('answers 7003 for an id that is not a UUID', { tags: ['id_form'] }, async () => {
    const { get } = await startEmulator()

    expect(await get('/blog/configurations')).toMatchObject({
      status: 404,
      errors: [
        { code: 7003, message: expect.stringContaining(`/accounts/${ACCOUNT}/cfd_tunnel/blog/configurations,`) },
        { code: 7000 },
      ],
    })
  })
})
