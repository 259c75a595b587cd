import { describe, expect, it } from 'vitest'
import { APP, POLICY, startAccess } from '../../support/access.ts'

const INVALID = 'access.api.error.invalid_request: '

describe('a request to Access', { tags: ['access_durations'] }, () => {
  it.each([
    ['/apps', {}, 'app type is missing or invalid'],
    ['/apps', { type: 'self_hosted' }, 'domain or destinations must be given'],
    ['/apps', { ...APP, session_duration: '1 day' }, 'session_duration: "1 day" is not a duration such as 24h'],
    [
      '/apps',
      { ...APP, policies: [{ name: 'x' }] },
      'policies[0]: "decision" is missing: "allow", "deny", "non_identity" or "bypass"',
    ],
    ['/apps', { ...APP, tags: 'a' }, 'tags: "a" is not a list'],
    ['/policies', { ...POLICY, include: [] }, 'include: the list is empty'],
    ['/policies', { ...POLICY, session_duration: '' }, 'session_duration: "" is not a duration such as 24h'],
    ['/tags', '{', 'the body is not a JSON object'],
    ['/tags', '[]', 'the body is not a JSON object'],
    ['/tags', {}, '"name" is missing: text'],
    ['/service_tokens', { name: 'ci', duration: '1y' }, 'duration: "1y" is not a duration such as 24h'],
  ])('for %s with %j says what is wrong', async (path, body, message) => {
    expect(await (await startAccess()).post(path, body)).toMatchObject({
      status: 400,
      errors: [{ code: 12130, message: `${INVALID}${message}` }],
    })
  })

  it('with a malformed account id gets the error of the gateway', async () => {
    const { post } = await startAccess({}, 'nothing')

    expect((await post('/tags', {})).errors[0]?.code).toBe(7003)
  })

  it('with strict credentials takes the permissions of its product', {
    tags: ['access_permission_groups'],
  }, async () => {
    const credentials = [
      { token: 'reader', permissions: ['Access: Apps and Policies Read'] },
      { token: 'writer', permissions: ['Access: Apps and Policies Write'] },
      { token: 'tokens', permissions: ['Access: Service Tokens Write'] },
    ]
    const { get, post } = await startAccess({ auth: 'strict', seed: [{ credentials }] })
    const as = (token: string) => ({ authorization: `Bearer ${token}` })
    const read = async (path: string, token: string) => (await get(path, undefined, as(token))).status
    const write = async (path: string, body: object, token: string) => (await post(path, body, as(token))).status

    expect(await read('/apps', 'reader')).toBe(200)
    expect(await read('/service_tokens', 'reader')).toBe(403)
    expect(await write('/tags', { name: 'a' }, 'reader')).toBe(403)
    expect(await write('/tags', { name: 'a' }, 'writer')).toBe(201)
    expect(await write('/policies', POLICY, 'tokens')).toBe(403)
    expect(await write('/service_tokens', { name: 'ci' }, 'tokens')).toBe(201)
  })
})
