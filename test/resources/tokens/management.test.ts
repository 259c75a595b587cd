import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { ACCOUNT, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const BEARER = { authorization: 'Bearer token' }

function start(account = ACCOUNT) {
  return startEmulator({ seed: seedOf({ id: ID, name: 'blog' }) }, account)
}

describe('POST cfd_tunnel/{id}/management, 200', { tags: ['management_token'] }, () => {
  it('returns a JWT as recorded, valid for an hour', async () => {
    const { post } = await start()
    const { status, success, errors, messages, result } = await post<string>(`/${ID}/management`, {
      resources: ['logs'],
    })
    const claims = decodeJwt(result)

    expect({ status, success, errors, messages }).toEqual({ status: 200, success: true, errors: [], messages: [] })
    expect(decodeProtectedHeader(result)).toEqual({ typ: 'JWT', alg: 'ES256', kid: '1' })
    expect(claims).toEqual({
      tun: { id: ID, account_tag: ACCOUNT },
      actor: { id: expect.stringMatching(UUID), support: false },
      res: ['logs', 'ping'],
      exp: Number(claims.iat) + 3600,
      iat: expect.any(Number),
      iss: 'tunnelstore',
    })
    expect(Number.isInteger(claims.iat)).toBe(true)
  })

  it('returns a JWT with a signature of 64 bytes, as ES256 requires', async () => {
    const { post } = await start()
    const { result } = await post<string>(`/${ID}/management`, { resources: ['logs'] })
    const parts = result.split('.')

    expect(parts).toHaveLength(3)
    expect(result).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(Buffer.from(parts[2] ?? '', 'base64url')).toHaveLength(64)
  })

  it('names the caller by the email address of the request', { tags: ['management_actor'] }, async () => {
    const { post } = await start()
    const headers = { 'x-auth-email': 'me@example.com', 'x-auth-key': '144c9defac04969c7bfad8efaa8ea194' }
    const { result } = await post<string>(`/${ID}/management`, { resources: ['logs'] }, headers)

    expect(decodeJwt(result)).toMatchObject({ actor: { id: 'me@example.com', support: false } })
  })

  it.each([
    ['local' as const, 'documented; management_of_local'],
    ['cloudflare' as const, 'recorded'],
  ])('returns a JWT for a %s tunnel', { tags: ['management_of_local'] }, async (config_src, evidence) => {
    const { post } = await startEmulator({ seed: seedOf({ id: ID, name: 'blog', config_src }) })
    const caller = { 'x-auth-email': 'me@example.com', 'x-auth-key': '144c9defac04969c7bfad8efaa8ea194' }
    const { status, headers, result } = await post<string>(`/${ID}/management`, { resources: ['logs'] }, caller)

    expect([status, headers['mockflared-evidence']]).toEqual([200, evidence])
    expect(decodeJwt(result)).toMatchObject({ tun: { id: ID } })
  })

  it('returns a JWT without resources for an empty list of resources', async () => {
    const { post } = await start()
    const { status, result } = await post<string>(`/${ID}/management`, { resources: [] })

    expect(status).toBe(200)
    expect(decodeJwt(result)).toMatchObject({ res: [] })
  })

  it('accepts ids in upper case and signs them in lower case', { tags: ['id_case'] }, async () => {
    const { post } = await start(ACCOUNT.toUpperCase())
    const { result } = await post<string>(`/${ID.toUpperCase()}/management`, { resources: ['logs'] })

    expect(decodeJwt(result)).toMatchObject({ tun: { id: ID, account_tag: ACCOUNT } })
  })
})

describe('POST cfd_tunnel/{id}/management/{resource}, 200', { tags: ['management_path', 'management_ping'] }, () => {
  it.each([
    ['logs', ['logs', 'ping']],
    ['admin', ['admin']],
    ['host_details', ['host_details']],
  ])('for %s without a body grants %j', async (resource, res) => {
    const { post } = await start()
    const { status, result } = await post<string>(`/${ID}/management/${resource}`)

    expect(status).toBe(200)
    expect(decodeProtectedHeader(result)).toEqual({ typ: 'JWT', alg: 'ES256', kid: '1' })
    expect(decodeJwt(result)).toMatchObject({ tun: { id: ID, account_tag: ACCOUNT }, res, iss: 'tunnelstore' })
  })

  it.each([
    ['an empty body with a JSON content type', ''],
    ['a body with other resources', '{"resources":["admin"]}'],
    ['invalid JSON', '{"not json'],
  ])('ignores %s', async (_, body) => {
    const { post } = await start()
    const { status, result } = await post<string>(`/${ID}/management/logs`, body)

    expect(status).toBe(200)
    expect(decodeJwt(result)).toMatchObject({ res: ['logs', 'ping'] })
  })

  it('accepts a JSON content type without a body', async () => {
    const { post } = await start()
    const headers = { ...BEARER, 'content-type': 'application/json' }

    expect((await post(`/${ID}/management/admin`, undefined, headers)).status).toBe(200)
  })
})

describe('POST cfd_tunnel/{id}/management, 400', { tags: ['input_invalid', 'body_wording'] }, () => {
  it.each([
    [{}, 'missing field `resources` at line 1 column 2'],
    [{ resources: null }, 'invalid type: null, expected a sequence at line 1 column 17'],
    [{ resources: 'logs' }, 'invalid type: string "logs", expected a sequence at line 1 column 19'],
    [{ resources: ['admin'] }, 'unknown variant `admin`, expected `logs` at line 1 column 21'],
    [{ resources: ['logs', 'ssh'] }, 'unknown variant `ssh`, expected `logs` at line 1 column 26'],
    [{ resources: [5] }, 'expected value at line 1 column 15'],
    ['', 'EOF while parsing a value at line 1 column 0'],
    ['logs', 'expected value at line 1 column 1'],
  ])('answers 1030 for %j', async (body, reason) => {
    const { post } = await start()

    expect(await post(`/${ID}/management`, body)).toMatchObject({
      status: 400,
      errors: [{ code: 1030, message: expect.stringContaining(reason) }],
      result: null,
    })
  })
})

describe('POST cfd_tunnel/{id}/management, 404', {
  tags: ['tunnel_not_found', 'tunnel_not_found_elsewhere', 'id_form'],
}, () => {
  it.each(['', '/logs'])('answers 1002 for an unknown tunnel, at management%s', async tail => {
    const { post } = await start()

    expect(await post(`/${UNKNOWN_ID}/management${tail}`, { resources: ['logs'] })).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
    })
  })

  it.each(['', '/logs'])(
    'answers 1002 for a deleted tunnel, at management%s',
    { tags: ['management_of_deleted'] },
    async tail => {
      const { post, delete: remove } = await start()
      await remove(`/${ID}`)

      expect(await post(`/${ID}/management${tail}`, { resources: ['logs'] })).toMatchObject({
        status: 404,
        errors: [{ code: 1002 }],
      })
    },
  )

  it.each(['/blog/management', '/blog/management/logs', `/${ID}/management/ssh`, `/${ID}/management/`])(
    'answers 7003 for %s',
    async path => {
      const { post } = await start()

      expect(await post(path, { resources: ['logs'] })).toMatchObject({
        status: 404,
        errors: [
          {
            code: 7003,
            message: `Could not route to /accounts/${ACCOUNT}/cfd_tunnel${path}, perhaps your object identifier is invalid?`,
          },
          { code: 7000 },
        ],
      })
    },
  )
})

describe('POST cfd_tunnel/{id}/management/{resource}, literal values', { tags: ['management_actor'] }, () => {
  it('an empty email address names no actor', async () => {
    const { post } = await start()
    const headers = { ...BEARER, 'x-auth-email': '' }
    const { result } = await post<string>(`/${ID}/management/logs`, undefined, headers)

    expect(decodeJwt(result)).toMatchObject({ actor: { id: expect.stringMatching(/./) } })
  })

  it('the resource of the path is case-sensitive', async () => {
    const { post } = await start()

    expect((await post(`/${ID}/management/LOGS`)).status).toBe(404)
  })
})
