import { describe, expect, it } from 'vitest'
import type { Connection } from '../../../schemas/connection.ts'
import type { UpdatedTunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { tunnelKeysWithout } from '../../support/tunnel-keys.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

/** Base64 of 32 bytes. */
const NEW_SECRET = btoa('z'.repeat(32))

describe('PATCH cfd_tunnel/{id}, 200', { tags: ['update_answer', 'tunnel_token'] }, () => {
  it('returns the tunnel and its token with the recorded keys in the recorded order', async () => {
    const { create, patch } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    const { status, result } = await patch<UpdatedTunnel>(`/${id}`, { name: 'shop' })

    expect(status).toBe(200)
    expect(Object.keys(result)).toEqual(tunnelKeysWithout('credentials_file'))
  })

  it('with a name renames the tunnel and changes nothing else', { tags: ['update_fields'] }, async () => {
    const { create, patch, get } = await startEmulator()
    const { credentials_file, ...created } = await create({ name: 'blog', config_src: 'cloudflare' })
    const { result } = await patch<UpdatedTunnel>(`/${created.id}`, { name: 'shop' })

    expect(result).toEqual({ ...created, name: 'shop' })
    expect((await get(`/${created.id}`)).result).toMatchObject({ name: 'shop' })
    expect((await get('?name=blog')).result).toEqual([])
  })

  it('with a secret changes the secret and the token, and nothing else', {
    tags: ['tunnel_token_rotates', 'update_fields'],
  }, async () => {
    const { create, patch, get } = await startEmulator()
    const { credentials_file, ...created } = await create({ name: 'blog', tunnel_secret: SECRET })
    const { result } = await patch<UpdatedTunnel>(`/${created.id}`, { tunnel_secret: NEW_SECRET })

    expect(result).toEqual({ ...created, token: result.token })
    expect(atob(result.token)).toBe(JSON.stringify({ a: ACCOUNT, t: created.id, s: NEW_SECRET }))
    expect((await get(`/${created.id}/token`)).result).toBe(result.token)
  })

  it('changes name and secret at once', async () => {
    const { create, patch } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    const { result } = await patch<UpdatedTunnel>(`/${id}`, { name: 'shop', tunnel_secret: NEW_SECRET })

    expect(result.name).toBe('shop')
    expect(JSON.parse(atob(result.token))).toMatchObject({ s: NEW_SECRET })
  })

  it.each([
    {},
    { name: null, tunnel_secret: null },
    { config_src: 'cloudflare' },
    { id: UNKNOWN_ID, status: 'healthy', deleted_at: '2020-01-01T00:00:00Z', metadata: { a: 1 } },
    { name: 'blog' },
  ])('changes nothing for %j', async body => {
    const { create, patch } = await startEmulator()
    const { credentials_file, ...created } = await create({ name: 'blog' })
    const { status, result } = await patch(`/${credentials_file.TunnelID}`, body)

    expect(status).toBe(200)
    expect(result).toEqual(created)
  })

  it('keeps connections if the secret changes', { tags: ['secret_rotation'] }, async () => {
    const { get, patch } = await startEmulator({
      seed: seedOf({ id: ID, name: 'blog', created_at: '-1d', connectors: [{ run_at: '-1h' }] }),
    })
    const before = await get<{ conns: Connection[] }[]>(`/${ID}/connections`)
    const { result } = await patch<UpdatedTunnel>(`/${ID}`, { tunnel_secret: NEW_SECRET })

    expect(result.status).toBe('healthy')
    expect(result.connections).toHaveLength(4)
    expect(result.connections).toEqual(before.result.flatMap(({ conns }) => conns))
    expect((await get(`/${ID}/connections`)).result).toEqual(before.result)
  })

  it('accepts the name of a deleted tunnel and frees the old name', { tags: ['name_free_again'] }, async () => {
    const { create, patch, delete: remove } = await startEmulator()
    await remove(`/${(await create({ name: 'shop' })).id}`)
    const { id } = await create({ name: 'blog' })

    expect(await patch(`/${id}`, { name: 'shop' })).toMatchObject({ status: 200, result: { name: 'shop' } })
    expect(await create({ name: 'blog' })).toMatchObject({ name: 'blog' })
  })

  it('accepts ids in upper case', async () => {
    const { patch } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog' }) }, ACCOUNT.toUpperCase())

    expect((await patch(`/${ID.toUpperCase()}`, { name: 'shop' })).result).toMatchObject({ id: ID, name: 'shop' })
  })

  it.each([1, 23, 24, 30])('accepts a secret of %i bytes', { tags: ['secret_length', 'secret_short'] }, async bytes => {
    const { create, patch } = await startEmulator()
    const { id } = await create({ name: 'blog' })

    expect(await patch(`/${id}`, { tunnel_secret: btoa('x'.repeat(bytes)) })).toMatchObject({ status: 200 })
  })

  it('refuses a secret shorter than secret_min_bytes requires', { tags: ['secret_length'] }, async () => {
    const { create, patch } = await startEmulator({ secret_min_bytes: 4 })
    const { id } = await create({ name: 'blog' })

    expect(await patch(`/${id}`, { tunnel_secret: 'AQID' })).toMatchObject({
      status: 400,
      errors: [{ code: 1030, message: expect.stringContaining('tunnel_secret: must be base64 of 4 or more bytes') }],
    })
  })
})

describe('PATCH cfd_tunnel/{id}, 409', { tags: ['tunnel_name_taken', 'update_name_taken'] }, () => {
  it('answers 1013 for the name of another live tunnel and changes nothing, not even the secret', async () => {
    const { create, patch, get } = await startEmulator()
    await create({ name: 'shop' })
    const { id, token } = await create({ name: 'blog' })
    const { status, errors, result } = await patch(`/${id}`, { name: 'shop', tunnel_secret: NEW_SECRET })

    expect(status).toBe(409)
    expect(errors).toMatchObject([{ code: 1013, message: expect.stringContaining('already have a tunnel') }])
    expect(result).toBeNull()
    expect((await get(`/${id}`)).result).toMatchObject({ name: 'blog' })
    expect((await get(`/${id}/token`)).result).toBe(token)
  })
})

describe('PATCH cfd_tunnel/{id}, 404', { tags: ['tunnel_not_found', 'id_form'] }, () => {
  it('answers 1002 for an unknown tunnel', async () => {
    const { patch } = await startEmulator()

    expect(await patch(`/${UNKNOWN_ID}`, { name: 'shop' })).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
      result: null,
    })
  })

  it('answers 1002 for a deleted tunnel', { tags: ['update_deleted'] }, async () => {
    const { create, patch, get, delete: remove } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    await remove(`/${id}`)

    expect(await patch(`/${id}`, { name: 'shop' })).toMatchObject({ status: 404, errors: [{ code: 1002 }] })
    expect((await get(`/${id}`)).result).toMatchObject({ name: 'blog' })
  })

  it('answers 7003 for an id that is not a UUID', async () => {
    const { patch } = await startEmulator()

    expect(await patch('/blog', { name: 'shop' })).toMatchObject({
      status: 404,
      errors: [
        { code: 7003, message: expect.stringContaining(`/accounts/${ACCOUNT}/cfd_tunnel/blog,`) },
        { code: 7000 },
      ],
    })
  })
})

describe('PATCH cfd_tunnel/{id}, 400', {
  tags: ['input_invalid', 'secret_form', 'name_not_empty', 'body_wording'],
}, () => {
  it.each([
    [{ name: '' }, 'invalid value: string "", expected a string (minLength 1) at line 1 column 10'],
    [{ name: 5 }, 'invalid type: integer `5`, expected a string at line 1 column 9'],
    [{ tunnel_secret: '' }, 'tunnel_secret: must be base64 of 1 or more bytes'],
    [{ tunnel_secret: NEW_SECRET.replace('=', '') }, 'tunnel_secret: must be base64 of 1 or more bytes'],
    [{ tunnel_secret: [] }, 'invalid type: sequence, expected a string at line 1 column 17'],
    [[], 'invalid length 0, expected struct UpdateTunnel with 2 elements at line 1 column 2'],
    ['{', 'EOF while parsing an object at line 1 column 1'],
    ['', 'EOF while parsing a value'],
  ])('answers 1030 for %j and changes nothing', async (body, reason) => {
    const { create, patch, get } = await startEmulator()
    const { id, token } = await create({ name: 'blog' })
    const { status, errors } = await patch(`/${id}`, body)

    expect(status).toBe(400)
    expect(errors).toMatchObject([{ code: 1030, message: expect.stringContaining(reason) }])
    expect((await get(`/${id}`)).result).toMatchObject({ name: 'blog' })
    expect((await get(`/${id}/token`)).result).toBe(token)
  })
})

describe('PATCH cfd_tunnel, 405', { tags: ['method_not_allowed'] }, () => {
  it('answers 10405 without an id', async () => {
    const { patch } = await startEmulator()

    expect(await patch('', { name: 'shop' })).toMatchObject({ status: 405, errors: [{ code: 10405 }] })
  })
})
