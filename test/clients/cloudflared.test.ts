/**
 * The requests of cloudflared 2026.8 according to its source, and its rules for responses.
 * `cloudflared.slow.ts` runs the real program where there is one.
 */
import { describe, expect, it } from 'vitest'
import { type Response, startWithHeaders } from '../support/clients/http.ts'
import { SECRET, seedOf, UNKNOWN_ID } from '../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'

const HEADERS = {
  'user-agent': 'cloudflared/2026.8.2',
  authorization: 'Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY',
  accept: 'application/json;version=1',
  'accept-encoding': 'gzip',
}

const HEADERS_WITH_BODY = { ...HEADERS, 'content-type': 'application/json' }

const RUNNING_TUNNEL = { seed: seedOf({ id: ID, name: 'blog', connectors: [{ id: CONNECTOR }] }) }

function start(options = {}) {
  return startWithHeaders(HEADERS, options)
}

/**
 * Go rejects a whole response if one field has another type: messages are strings, times are RFC
 * 3339 or null.
 */
function expectSuccess({ status, type, body }: Response) {
  expect({ status, type }).toEqual({ status: 200, type: 'application/json' })
  expect(body).toMatchObject({ success: true, errors: [], messages: [] })
  return body
}

/** cloudflared reads the errors of any other status, but only with exactly this content type. */
function failure(status: number, ...codes: readonly number[]) {
  return {
    status,
    type: 'application/json',
    body: { success: false, errors: codes.map(code => ({ code, message: expect.any(String) })), messages: [] },
  }
}

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

describe('cloudflared', () => {
  it('creates a tunnel with its own secret and reads the token from the response', async () => {
    const send = await startWithHeaders(HEADERS_WITH_BODY)
    const response = expectSuccess(
      await send('POST', '/cfd_tunnel', JSON.stringify({ name: 'blog', tunnel_secret: SECRET })),
    )

    expect(response).toMatchObject({
      result: {
        name: 'blog',
        created_at: TIME,
        deleted_at: null,
        connections: [],
        token: expect.stringMatching(/^eyJhIjoi/),
      },
    })
  })

  it('lists with name_prefix, exclude_prefix and existed_at, parameters in alphabetical order', async () => {
    const names = ['web-one', 'web-two', 'web-old', 'api']
    const send = await start({ seed: seedOf(...names.map(name => ({ name, created_at: '2026-01-01T00:00:00Z' }))) })
    const query = 'existed_at=2026-02-01T00%3A00%3A00Z&exclude_prefix=web-o&is_deleted=false&name_prefix=web-&page=1'

    expect(expectSuccess(await send('GET', `/cfd_tunnel?${query}`))).toMatchObject({
      result: [{ name: 'web-two', created_at: TIME, deleted_at: null }],
      result_info: { count: 1, page: 1, total_count: 1 },
    })
  })

  it('requests pages until one is not full or it has total_count tunnels', async () => {
    const send = await start({ seed: seedOf(...['a', 'b', 'c'].map(name => ({ name }))) })
    const getPage = async (page: number) => expectSuccess(await send('GET', `/cfd_tunnel?page=${page}&per_page=2`))

    expect(await getPage(1)).toMatchObject({ result_info: { count: 2, per_page: 2, total_count: 3 } })
    expect(await getPage(2)).toMatchObject({ result_info: { count: 1, per_page: 2, total_count: 3 } })
  })

  it('finds a tunnel and its connectors by id, for `tunnel info`', async () => {
    const send = await start(RUNNING_TUNNEL)

    expect(expectSuccess(await send('GET', `/cfd_tunnel?page=1&uuid=${ID}`))).toMatchObject({ result: [{ id: ID }] })
    const response = expectSuccess(await send('GET', `/cfd_tunnel/${ID}/connections`))
    expect(response).toMatchObject({ result: [{ id: CONNECTOR, run_at: TIME, conns: { length: 4 } }] })
    expect(response).toMatchObject({
      result: [{ conns: Array(4).fill({ origin_ip: expect.stringMatching(/^[\d.]+$/), opened_at: TIME }) }],
    })
  })

  it('cleans up one connector, and deletes a tunnel with its connections', async () => {
    const send = await start(RUNNING_TUNNEL)

    expect(await send('DELETE', `/cfd_tunnel/${ID}`)).toMatchObject(failure(400, 1022))
    expectSuccess(await send('DELETE', `/cfd_tunnel/${ID}/connections?client_id=${UNKNOWN_ID}`))
    expectSuccess(await send('DELETE', `/cfd_tunnel/${ID}?cascade=true`))
    expect(expectSuccess(await send('GET', `/cfd_tunnel/${ID}`))).toMatchObject({ result: { deleted_at: TIME } })
  })

  it.each(['logs', 'admin', 'host_details'])('requests a management token for %s without a body', async resource => {
    const send = await start(RUNNING_TUNNEL)

    expect(expectSuccess(await send('POST', `/cfd_tunnel/${ID}/management/${resource}`))).toMatchObject({
      result: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
    })
  })

  it('reads the tunnel token as a bare string', async () => {
    const send = await start(RUNNING_TUNNEL)

    expect(expectSuccess(await send('GET', `/cfd_tunnel/${ID}/token`))).toMatchObject({
      result: expect.stringMatching(/^eyJhIjoi/),
    })
  })

  it.each([
    ['a name that is taken', {}, 'POST', '/cfd_tunnel', 409, [1013]],
    ['an unknown tunnel', {}, 'GET', `/cfd_tunnel/${UNKNOWN_ID}`, 404, [1002]],
    ['an invalid id', {}, 'GET', '/cfd_tunnel/blog/token', 404, [7003, 7000]],
    ['an unknown API token', { auth: 'strict' }, 'GET', '/cfd_tunnel', 403, [9109]],
  ] as const)('reads the error code for %s', async (_what, options, method, path, status, codes) => {
    const body = method === 'POST' ? JSON.stringify({ name: 'blog', tunnel_secret: SECRET }) : undefined
    const send = await startWithHeaders(body ? HEADERS_WITH_BODY : HEADERS, { ...RUNNING_TUNNEL, ...options })

    expect(await send(method, path, body)).toMatchObject(failure(status, ...codes))
  })
})
