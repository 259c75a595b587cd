/**
 * The calls of cloudflared 2026.8, as its source has them, and its rules for what comes back. `cloudflared.slow.ts` lets the
 * real program do the same, where there is one.
 */
import { describe, expect, it } from 'vitest'
import { type Response, startAsking } from '../support/clients/http.ts'
import { SECRET, seedOf, UNKNOWN_ID } from '../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'

const CLOUDFLARED = {
  'user-agent': 'cloudflared/2026.8.2',
  authorization: 'Bearer token',
  accept: 'application/json;version=1',
  'accept-encoding': 'gzip',
}

const WITH_BODY = { ...CLOUDFLARED, 'content-type': 'application/json' }

const running = { seed: seedOf({ id: ID, name: 'blog', connectors: [{ id: CONNECTOR }] }) }

function start(options = {}) {
  return startAsking(CLOUDFLARED, options)
}

/** Go refuses a whole answer when one field is of another type: messages are strings, times RFC 3339 or null. */
function decoded({ status, type, body }: Response) {
  expect({ status, type }).toEqual({ status: 200, type: 'application/json' })
  expect(body).toMatchObject({ success: true, errors: [], messages: [] })
  return body
}

/** Any other status is told by its errors, but only under exactly this type. */
function refused(status: number, ...codes: readonly number[]) {
  return {
    status,
    type: 'application/json',
    body: { success: false, errors: codes.map(code => ({ code, message: expect.any(String) })), messages: [] },
  }
}

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

describe('cloudflared', () => {
  it('creates a tunnel with a secret of its own, and reads the token from the answer', async () => {
    const ask = await startAsking(WITH_BODY)
    const answer = decoded(await ask('POST', '/cfd_tunnel', JSON.stringify({ name: 'blog', tunnel_secret: SECRET })))

    expect(answer).toMatchObject({
      result: {
        name: 'blog',
        created_at: TIME,
        deleted_at: null,
        connections: [],
        token: expect.stringMatching(/^eyJhIjoi/),
      },
    })
  })

  it('lists with name_prefix, exclude_prefix and existed_at, its parameters in the order of the alphabet', async () => {
    const names = ['web-one', 'web-two', 'web-old', 'api']
    const ask = await start({ seed: seedOf(...names.map(name => ({ name, created_at: '2026-01-01T00:00:00Z' }))) })
    const query = 'existed_at=2026-02-01T00%3A00%3A00Z&exclude_prefix=web-o&is_deleted=false&name_prefix=web-&page=1'

    expect(decoded(await ask('GET', `/cfd_tunnel?${query}`))).toMatchObject({
      result: [{ name: 'web-two', created_at: TIME, deleted_at: null }],
      result_info: { count: 1, page: 1, total_count: 1 },
    })
  })

  it('goes on until a page is not full, or it has as many as there are', async () => {
    const ask = await start({ seed: seedOf(...['a', 'b', 'c'].map(name => ({ name }))) })
    const info = async (page: number) => decoded(await ask('GET', `/cfd_tunnel?page=${page}&per_page=2`))

    expect(await info(1)).toMatchObject({ result_info: { count: 2, per_page: 2, total_count: 3 } })
    expect(await info(2)).toMatchObject({ result_info: { count: 1, per_page: 2, total_count: 3 } })
  })

  it('finds one tunnel by its id alone, for `tunnel info`, and its connectors', async () => {
    const ask = await start(running)

    expect(decoded(await ask('GET', `/cfd_tunnel?page=1&uuid=${ID}`))).toMatchObject({ result: [{ id: ID }] })
    const answer = decoded(await ask('GET', `/cfd_tunnel/${ID}/connections`))
    expect(answer).toMatchObject({ result: [{ id: CONNECTOR, run_at: TIME, conns: { length: 4 } }] })
    expect(answer).toMatchObject({
      result: [{ conns: Array(4).fill({ origin_ip: expect.stringMatching(/^[\d.]+$/), opened_at: TIME }) }],
    })
  })

  it('cleans up one connector, and deletes with all that belongs to the tunnel', async () => {
    const ask = await start(running)

    expect(await ask('DELETE', `/cfd_tunnel/${ID}`)).toMatchObject(refused(400, 1022))
    decoded(await ask('DELETE', `/cfd_tunnel/${ID}/connections?client_id=${UNKNOWN_ID}`))
    decoded(await ask('DELETE', `/cfd_tunnel/${ID}?cascade=true`))
    expect(decoded(await ask('GET', `/cfd_tunnel/${ID}`))).toMatchObject({ result: { deleted_at: TIME } })
  })

  it.each(['logs', 'admin', 'host_details'])('asks for a management token for %s without a body', async resource => {
    const ask = await start(running)

    expect(decoded(await ask('POST', `/cfd_tunnel/${ID}/management/${resource}`))).toMatchObject({
      result: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
    })
  })

  it('reads the run token as a bare string', async () => {
    const ask = await start(running)

    expect(decoded(await ask('GET', `/cfd_tunnel/${ID}/token`))).toMatchObject({
      result: expect.stringMatching(/^eyJhIjoi/),
    })
  })

  it.each([
    ['a name that is taken', {}, 'POST', '/cfd_tunnel', 409, [1013]],
    ['a tunnel that never was', {}, 'GET', `/cfd_tunnel/${UNKNOWN_ID}`, 404, [1003]],
    ['an id that is none', {}, 'GET', '/cfd_tunnel/blog/token', 404, [7003, 7000]],
    ['a token that nobody knows', { auth: 'strict' }, 'GET', '/cfd_tunnel', 403, [9109]],
  ] as const)('reads why from the errors: %s', async (_what, options, method, path, status, codes) => {
    const body = method === 'POST' ? JSON.stringify({ name: 'blog', tunnel_secret: SECRET }) : undefined
    const ask = await startAsking(body ? WITH_BODY : CLOUDFLARED, { ...running, ...options })

    expect(await ask(method, path, body)).toMatchObject(refused(status, ...codes))
  })
})
