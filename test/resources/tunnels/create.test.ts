import { describe, expect, it } from 'vitest'
import type { CreatedTunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, startEmulator } from '../../support/emulator.ts'
import { TUNNEL_KEYS } from '../../support/tunnel-keys.ts'

describe('POST cfd_tunnel, 200', { tags: ['create_answer'] }, () => {
  it('returns every recorded key in the recorded order', { tags: ['tunnel_answer'] }, async () => {
    const { post } = await startEmulator()
    const { status, result } = await post<CreatedTunnel>('', { name: 'blog', config_src: 'cloudflare' })

    expect(status).toBe(200)
    expect(Object.keys(result)).toEqual(TUNNEL_KEYS)
  })

  it('returns an inactive tunnel without connections, inactive since its creation', async () => {
    const { create } = await startEmulator()
    const tunnel = await create({ name: 'blog' })

    expect(tunnel).toMatchObject({
      account_tag: ACCOUNT,
      deleted_at: null,
      connections: [],
      conns_active_at: null,
      conns_inactive_at: tunnel.created_at,
      tun_type: 'cfd_tunnel',
      metadata: {},
      status: 'inactive',
    })
  })

  it.each([
    { config_src: undefined, answered: 'local', remote_config: false },
    { config_src: 'local' as const, answered: 'local', remote_config: false },
    { config_src: 'cloudflare' as const, answered: 'cloudflare', remote_config: true },
  ])(
    'reads config_src $config_src as $answered',
    { tags: ['create_local'] },
    async ({ config_src, answered, remote_config }) => {
      const { create } = await startEmulator()
      const tunnel = await create({ name: 'blog', ...(config_src && { config_src }) })

      expect(tunnel).toMatchObject({ config_src: answered, remote_config })
    },
  )

  it('returns the given secret in the credentials file and the token, and nowhere else', {
    tags: ['tunnel_token'],
  }, async () => {
    const { create, get } = await startEmulator()
    const { id, credentials_file, token } = await create({ name: 'blog', tunnel_secret: SECRET })

    expect(credentials_file).toEqual({ AccountTag: ACCOUNT, TunnelID: id, TunnelName: 'blog', TunnelSecret: SECRET })
    expect(atob(token)).toBe(JSON.stringify({ a: ACCOUNT, t: id, s: SECRET }))
    expect(JSON.stringify(await get(`/${id}`))).not.toContain(SECRET)
  })

  it('generates a secret of 32 random bytes if none is given', { tags: ['create_secret'] }, async () => {
    const { create } = await startEmulator()
    const one = await create({ name: 'one' })
    const two = await create({ name: 'two' })

    expect(atob(one.credentials_file.TunnelSecret)).toHaveLength(32)
    expect(one.credentials_file.TunnelSecret).not.toBe(two.credentials_file.TunnelSecret)
  })

  it('accepts the name of a deleted tunnel', { tags: ['name_free_again'] }, async () => {
    const api = await startEmulator()
    const { id } = await api.create({ name: 'blog' })
    await api.delete(`/${id}`)

    expect(await api.create({ name: 'blog' })).not.toMatchObject({ id })
  })

  it('accepts a name that differs in case, or that another account uses', { tags: ['name_case'] }, async () => {
    const { create, send } = await startEmulator()
    await create({ name: 'blog' })
    await create({ name: 'Blog' })

    const inOtherAccount = await send({
      method: 'POST',
      url: '/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/cfd_tunnel',
      headers: { authorization: 'Bearer token' },
      payload: { name: 'blog' },
    })
    expect(inOtherAccount.status).toBe(200)
  })

  it('ignores unknown keys, and null for an optional key', {
    tags: ['unread_ignored', 'configuration_nulls'],
  }, async () => {
    const { post } = await startEmulator()
    const { status, result } = await post('', { name: 'blog', colour: 'red', tunnel_secret: null, config_src: null })

    expect(status).toBe(200)
    expect(result).not.toHaveProperty('colour')
  })

  it.each([1, 23, 24, 30, 64])(
    'accepts a secret of %i bytes',
    { tags: ['secret_length', 'secret_short'] },
    async bytes => {
      const tunnel_secret = btoa('x'.repeat(bytes))
      const { create } = await startEmulator()
      const { credentials_file } = await create({ name: 'blog', tunnel_secret })

      expect(credentials_file.TunnelSecret).toBe(tunnel_secret)
    },
  )

  it('accepts a secret as long as secret_min_bytes requires', { tags: ['secret_length', 'secret_short'] }, async () => {
    const { create } = await startEmulator({ secret_min_bytes: 3 })

    expect(await create({ name: 'blog', tunnel_secret: 'AQID' })).toMatchObject({ name: 'blog' })
  })
})

describe('POST cfd_tunnel, 409', { tags: ['tunnel_name_taken'] }, () => {
  it('answers 1013 for the name of a live tunnel and keeps that tunnel', async () => {
    const { create, post, get } = await startEmulator()
    const { id } = await create({ name: 'blog' })
    const { status, errors, messages, result } = await post('', { name: 'blog' })

    expect(status).toBe(409)
    expect({ errors, messages, result }).toEqual({
      errors: [
        {
          code: 1013,
          message:
            'You already have a tunnel with this name. Delete the existing tunnel, or choose a different name for your new tunnel',
        },
      ],
      messages: [],
      result: null,
    })
    expect((await get('')).result).toMatchObject([{ id }])
  })
})

describe('POST cfd_tunnel, 400', { tags: ['input_invalid', 'secret_form', 'name_not_empty', 'body_wording'] }, () => {
  it.each([
    [{}, 'missing field `name` at line 1 column 2'],
    [{ name: 5 }, 'invalid type: integer `5`, expected a string at line 1 column 9'],
    [{ name: null }, 'invalid type: null, expected a string at line 1 column 12'],
    [{ name: '' }, 'invalid value: string "", expected a string (minLength 1) at line 1 column 10'],
    [
      { name: 'a', config_src: 'remote' },
      'unknown variant `remote`, expected `local` or `cloudflare` at line 1 column 33',
    ],
    [{ name: 'a', tunnel_secret: 7 }, 'invalid type: integer `7`, expected a string at line 1 column 29'],
    [{ name: 'a', tunnel_secret: '' }, 'tunnel_secret: must be base64 of 1 or more bytes'],
    [{ name: 'a', tunnel_secret: '!'.repeat(44) }, 'tunnel_secret: must be base64 of 1 or more bytes'],
    [[], 'invalid length 0, expected struct NewTunnel with 3 elements at line 1 column 2'],
    ['"blog"', 'invalid type: string "blog", expected struct NewTunnel at line 1 column 6'],
    ['{"name":', 'EOF while parsing a value at line 1 column 8'],
    ['', 'EOF while parsing a value at line 1 column 0'],
    ['{"name":"\\ud800"}', 'unexpected end of hex escape at line 1 column 16'],
    ['{"name":"a","name":"b"}', 'duplicate field `name` at line 1 column 18'],
  ])('answers 1030 for %j and creates nothing', async (body, reason) => {
    const { post, get } = await startEmulator()
    const { status, errors, result } = await post('', body)

    expect(status).toBe(400)
    expect(errors).toMatchObject([{ code: 1030 }])
    expect(errors[0]?.message).toMatch(/^Could not parse input\. /)
    expect(errors[0]?.message).toContain(reason)
    expect(result).toBeNull()
    expect((await get('')).result).toEqual([])
  })

  it('answers 1030 for a body that is not UTF-8', async () => {
    const { send } = await startEmulator()
    const { errors } = await send({
      method: 'POST',
      url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
      headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
      payload: Buffer.from([0x22, 0xff, 0x22]),
    })

    expect(errors).toMatchObject([{ code: 1030, message: expect.stringContaining('invalid unicode code point') }])
  })
})

describe('POST cfd_tunnel, 413', { tags: ['body_too_large'] }, () => {
  it('answers 10413 for a body over 1 MiB', async () => {
    const { post } = await startEmulator()
    const { status, errors } = await post('', { name: 'a'.repeat(1024 * 1024) })

    expect(status).toBe(413)
    expect(errors).toMatchObject([{ code: 10413 }])
  })
})
