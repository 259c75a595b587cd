import { describe, expect, it } from 'vitest'
import { ACCOUNT, SECRET, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

describe('GET cfd_tunnel/{id}/token, 200', { tags: ['tunnel_token'] }, () => {
  it('returns a bare string: base64 of compact JSON with the keys a, t, s', async () => {
    const { get } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog', tunnel_secret: SECRET }) })
    const { status, success, errors, messages, result } = await get<string>(`/${ID}/token`)

    expect({ status, success, errors, messages }).toEqual({ status: 200, success: true, errors: [], messages: [] })
    expect(result).toMatch(/^eyJhIjoi[A-Za-z0-9+/]*={0,2}$/)
    expect(atob(result)).toBe(`{"a":"${ACCOUNT}","t":"${ID}","s":"${SECRET}"}`)
  })

  it.each(['local' as const, 'cloudflare' as const])(
    'returns the token from the creation of a %s tunnel, each time',
    { tags: ['tunnel_token_of_local'] },
    async config_src => {
      const { create, get } = await startEmulator()
      const { id, token } = await create({ name: 'blog', config_src })

      expect((await get(`/${id}/token`)).result).toBe(token)
      expect((await get(`/${id}/token`)).result).toBe(token)
    },
  )

  it('returns a new token after a change of the secret, but not of the name', {
    tags: ['tunnel_token_rotates'],
  }, async () => {
    const { create, patch, get } = await startEmulator()
    const { id, token } = await create({ name: 'blog' })
    await patch(`/${id}`, { name: 'shop' })
    expect((await get(`/${id}/token`)).result).toBe(token)

    await patch(`/${id}`, { tunnel_secret: SECRET })
    const { result } = await get<string>(`/${id}/token`)
    expect(result).not.toBe(token)
    expect(JSON.parse(atob(result))).toEqual({ a: ACCOUNT, t: id, s: SECRET })
  })

  it('returns a token with lower-case ids for ids in upper case', async () => {
    const { get } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog' }) }, ACCOUNT.toUpperCase())
    const { result } = await get<string>(`/${ID.toUpperCase()}/token`)

    expect(JSON.parse(atob(result))).toMatchObject({ a: ACCOUNT, t: ID })
  })
})

describe('GET cfd_tunnel/{id}/token, 404', { tags: ['token_not_found', 'id_form'] }, () => {
  it('answers 1054 for an unknown tunnel', async () => {
    const { get } = await startEmulator()

    expect(await get(`/${UNKNOWN_ID}/token`)).toMatchObject({
      status: 404,
      errors: [{ code: 1054, message: 'Token for tunnel not found' }],
      result: null,
    })
  })

  it('answers 1054 for a deleted tunnel', { tags: ['tunnel_token_of_deleted'] }, async () => {
    const { create, get, delete: remove } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    await remove(`/${id}`)

    expect(await get(`/${id}/token`)).toMatchObject({ status: 404, errors: [{ code: 1054 }] })
  })

  it('answers 7003 for an id that is not a UUID', async () => {
    const { get } = await startEmulator()

    expect(await get('/blog/token')).toMatchObject({ status: 404, errors: [{ code: 7003 }, { code: 7000 }] })
  })
})
