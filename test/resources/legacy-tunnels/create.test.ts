import { describe, expect, it } from 'vitest'
import type { ArgoTunnel } from '../../../schemas/argo-tunnel.ts'
import { SECRET, startEmulator } from '../../support/emulator.ts'

describe('POST tunnels, 200', { tags: ['argo_answer', 'argo_nothing_else'] }, () => {
  it('returns the keys of the old model', async () => {
    const { old } = await startEmulator()
    const { status, result } = await old.post<ArgoTunnel>('', { name: 'blog', tunnel_secret: SECRET })

    expect(status).toBe(200)
    expect(result).toEqual({
      id: expect.any(String),
      name: 'blog',
      created_at: expect.any(String),
      deleted_at: null,
      connections: [],
    })
  })

  it('creates an ordinary tunnel with a local configuration and the given secret', async () => {
    const { get, old } = await startEmulator()
    const { result } = await old.post<ArgoTunnel>('', { name: 'blog', tunnel_secret: SECRET, config_src: 'cloudflare' })
    const { result: token } = await get<string>(`/${result.id}/token`)

    expect((await get(`/${result.id}`)).result).toMatchObject({ name: 'blog', config_src: 'local', status: 'inactive' })
    expect(JSON.parse(Buffer.from(token, 'base64').toString())).toMatchObject({ t: result.id, s: SECRET })
  })
})

describe('POST tunnels with a short secret', { tags: ['secret_short'] }, () => {
  it.each([
    [undefined, 200],
    [5, 200],
    [6, 400],
  ])('with secret_min_bytes %s answers %i', async (secret_min_bytes, status) => {
    const { old } = await startEmulator(secret_min_bytes === undefined ? {} : { secret_min_bytes })

    expect(await old.post('', { name: 'blog', tunnel_secret: btoa('short') })).toMatchObject({ status })
  })
})

describe('POST tunnels, 400', { tags: ['argo_secret', 'input_invalid'] }, () => {
  it.each([
    [{ name: 'blog' }, 'missing field `tunnel_secret` at line 1 column 15'],
    [{ tunnel_secret: SECRET }, 'missing field `name`'],
    [{ name: 'blog', tunnel_secret: null }, 'invalid type: null, expected a string at line 1 column 35'],
    [{ name: 'blog', tunnel_secret: '' }, 'tunnel_secret: must be base64 of 1 or more bytes'],
    ['{"name', 'EOF while parsing a string at line 1 column 6'],
  ])('answers 1030 for %j and creates nothing', async (body, reason) => {
    const { get, old } = await startEmulator()

    expect(await old.post('', body)).toMatchObject({
      status: 400,
      errors: [{ code: 1030, message: expect.stringContaining(reason) }],
    })
    expect((await get('')).result).toEqual([])
  })
})

describe('POST tunnels, 409', { tags: ['tunnel_name_taken', 'argo_paths'] }, () => {
  it('answers 1013 for a name that a tunnel from the other path has', async () => {
    const { create, old, post } = await startEmulator()
    await create({ name: 'blog' })
    await old.post('', { name: 'shop', tunnel_secret: SECRET })

    expect(await old.post('', { name: 'blog', tunnel_secret: SECRET })).toMatchObject({
      status: 409,
      errors: [{ code: 1013 }],
      result: null,
    })
    expect(await post('', { name: 'shop' })).toMatchObject({ status: 409, errors: [{ code: 1013 }] })
  })
})
