/** What the gateway does beside leading visitors to origins. */
import type { ServerHttp2Stream } from 'node:http2'
import { describe, expect, it, vi } from 'vitest'
import type { QuickTunnelAnswer } from '../../schemas/control/edge-control.ts'
import type { EdgeFaultEffect } from '../../schemas/control/edge-fault.ts'
import { responseHead } from '../support/edge/packed-headers.ts'
import { SHOP, startServing } from '../support/edge/start-serving.ts'
import { UNKNOWN_ID } from '../support/emulator.ts'

const MANAGEMENT = 'management.argotunnel.com'

async function start() {
  const asked: string[] = []
  const serving = await startServing({
    onRequest: (stream, headers) => {
      asked.push(`${headers[':method']} ${headers[':authority']}${headers[':path']}`)
      stream.respond(responseHead(200, [['content-type', 'text/plain']]))
      stream.end('0123456789')
    },
  })
  const token = async (id = serving.tunnel.id, resource = 'logs') =>
    (await serving.post<string>(`/${id}/management/${resource}`)).result
  return { ...serving, asked, token }
}

describe('the management service', { tags: ['edge_management_refusal'] }, () => {
  it('of a connector is asked with a valid token', async () => {
    const { visit, token, asked, connector } = await start()
    const query = `access_token=${await token()}`
    const { status } = await visit({ hostname: MANAGEMENT, path: `/ping?${query}` })
    const named = await visit({
      hostname: MANAGEMENT,
      path: `/ping?${query}&connector_id=${connector.id.toUpperCase()}`,
    })

    expect([status, named.status]).toEqual([200, 200])
    expect(asked[0]).toBe(`GET ${MANAGEMENT}/ping?${query}`)
  })

  it('is also at the address of the gateway', async () => {
    const { visit, token, asked } = await start()
    const path = `/logs?access_token=${await token()}`
    const { status } = await visit({ hostname: '127.0.0.1:8080', path })

    expect([status, asked]).toEqual([200, [`GET ${MANAGEMENT}${path}`]])
  })

  it('leaves the parameter of the same name to an origin with a hostname', async () => {
    const { visit, asked } = await start()
    await visit({ path: '/?access_token=of-the-shop' })

    expect(asked).toEqual([`GET ${SHOP}/?access_token=of-the-shop`])
  })

  it.each([
    ['/ping', 'missing access_token query parameter'],
    ['/ping?access_token=x', 'missing access_token query parameter'],
  ])('refuses %s', async (path, message) => {
    const { visit, asked } = await start()
    const { status, headers, text } = await visit({ hostname: MANAGEMENT, path })

    expect([status, headers['content-type'], asked]).toEqual([400, 'application/json', []])
    expect(JSON.parse(text)).toEqual({ success: false, errors: [{ code: 1001, message }] })
  })

  it('refuses a token for another resource', async () => {
    const { visit, token } = await start()
    const { text } = await visit({ hostname: MANAGEMENT, path: `/metrics?access_token=${await token()}` })

    expect(JSON.parse(text)).toMatchObject({ errors: [{ message: 'the access_token has no access to admin' }] })
  })

  it('is not there without a connector of the tunnel, or with an unknown one', async () => {
    const { visit, token, createTunnel } = await start()
    const other = await createTunnel({ name: 'other' })
    const paths = [
      `/ping?access_token=${await token(other.id)}`,
      `/ping?access_token=${await token()}&connector_id=${UNKNOWN_ID}`,
    ]

    for (const path of paths) {
      const { status, headers, text } = await visit({ hostname: MANAGEMENT, path })
      expect([status, headers['mockflared-edge'], text]).toEqual([530, 'no-connector', 'error code: 1033'])
    }
  })
})

describe('a quick tunnel', { tags: ['edge_quick_tunnel'] }, () => {
  const REQUEST = { hostname: '127.0.0.1', method: 'POST', path: '/tunnel' }

  it('is given by the gateway too, and serves its hostname until its connector leaves', async () => {
    const { visit, connectorOf, control } = await start()
    const { success, result, errors }: QuickTunnelAnswer = JSON.parse((await visit(REQUEST)).text)
    expect({ success, errors }).toEqual({ success: true, errors: [] })
    const { hostname, id, account_tag, secret } = result
    expect((await visit({ hostname })).headers['mockflared-edge']).toBe('no-connector')

    const token = Buffer.from(JSON.stringify({ a: account_tag, t: id, s: secret })).toString('base64')
    const connector = await connectorOf({ id }, { token })
    await connector.connect()
    expect(await visit({ hostname })).toMatchObject({ status: 200, text: connector.id })
    await connector.stop()
    await vi.waitFor(async () => expect((await visit({ hostname })).headers['mockflared-edge']).toBe('no-route'))
    expect(await control.listTunnels()).toHaveLength(1)
  })

  it.each([
    [{ hostname: SHOP }, 200],
    [{ hostname: 'nobody.example.com' }, 530],
    [{ method: 'GET' }, 530],
    [{ path: '/tunnel/' }, 530],
    [{ headers: { origin: 'https://example.com' } }, 530],
  ])('is not given for %j', async (change, status) => {
    const { visit, control } = await start()

    expect((await visit({ ...REQUEST, ...change })).status).toBe(status)
    expect(await control.listTunnels()).toHaveLength(1)
  })
})

describe('a fault of a request', () => {
  const fault = async (effect: EdgeFaultEffect) => {
    const serving = await start()
    const { tunnel, connector, control } = serving
    const place = { tunnel_id: tunnel.id, connector_id: connector.id, conn_index: 0, hostname: SHOP, path: '/*' }
    await control.addEdgeFault({ ...place, effect })
    return serving
  }

  it('answers with its status, and only the requests that match', async () => {
    const { visit, asked } = await fault({ http_status: { status: 503 } })

    expect(await visit({ path: '/a' })).toMatchObject({ status: 503, text: 'error code: 503' })
    expect(await visit({ path: '/a/b' })).toMatchObject({ status: 200, text: '0123456789' })
    expect(asked).toEqual([`GET ${SHOP}/a/b`])
  })

  it('delays them', async () => {
    const { visit } = await fault({ latency: { ms: 80 } })
    const startedAt = performance.now()

    expect((await visit()).status).toBe(200)
    expect(performance.now() - startedAt).toBeGreaterThan(75)
  })

  it('cuts the body of the response', async () => {
    const { visit, requests } = await fault({ cut_after: { bytes: 4 } })

    await expect(visit()).rejects.toThrow(/aborted|hang up|reset/)
    expect(await requests(1)).toMatchObject([{ status: 200, bytes: 4 }])
  })
})

describe('a connection that stalls', () => {
  it('holds up requests until it goes on', async () => {
    const { visit, control } = await start()
    const startedAt = performance.now()
    await control.addEdgeFault({ effect: { stall: { ms: 80 } } })

    expect((await visit()).status).toBe(200)
    expect(performance.now() - startedAt).toBeGreaterThan(75)
  })

  it('holds up the heads and bodies of responses, and the end of those without a body', async () => {
    const streams: ServerHttp2Stream[] = []
    const { visit, control } = await startServing({ onRequest: stream => streams.push(stream) })
    const stall = () => control.addEdgeFault({ effect: { stall: { ms: 80 } } })
    const pending = [visit(), visit(), visit({ method: 'POST', body: 'text' })]
    const times = pending.map(async visiting => {
      await visiting
      return performance.now()
    })
    await vi.waitFor(() => expect(streams).toHaveLength(3))
    const [first, second, third] = streams
    first?.respond(responseHead(200, []))
    first?.write('before ')

    const startedAt = performance.now()
    await stall()
    first?.end('after')
    second?.respond(responseHead(204, []), { endStream: true })
    third?.respond(responseHead(200, []))
    third?.end('late')
    for (const time of await Promise.all(times)) expect(time - startedAt).toBeGreaterThan(75)
    expect((await Promise.all(pending)).map(({ status, text }) => `${status} ${text}`)).toEqual([
      '200 before after',
      '204 ',
      '200 late',
    ])
  })

  it('lets them fail with 524 if that takes longer than an origin may', async () => {
    const { visit, control } = await startServing({}, { gateway_timeout_ms: 50 })
    await control.addEdgeFault({ effect: { stall: { ms: 3_600_000 } } })

    expect((await visit()).status).toBe(524)
  })
})

describe('the requests to the gateway', () => {
  it('are listed with their outcome, without queries, bodies and headers', async () => {
    const { visit, requests, tunnel, connector } = await start()
    await visit({
      method: 'POST',
      path: '/cart?access_token=hush',
      headers: { authorization: 'Bearer hush' },
      body: 'hush',
    })
    await visit({ hostname: 'nobody.example.com' })

    expect(await requests(2)).toEqual([
      {
        id: 1,
        at: expect.any(String),
        hostname: SHOP,
        method: 'POST',
        path: '/cart',
        status: 200,
        tunnel_id: tunnel.id,
        connector_id: connector.id,
        duration_ms: expect.any(Number),
        bytes: 10,
      },
      expect.objectContaining({ hostname: 'nobody.example.com', status: 530, tunnel_id: null, connector_id: null }),
    ])
  })

  it('have no tokens in their paths', async () => {
    const { visit, requests } = await start()
    const token = Buffer.from(JSON.stringify({ a: 'b'.repeat(32), t: UNKNOWN_ID, s: 'secret' })).toString('base64')
    await visit({ path: `/run/${token}` })

    expect(JSON.stringify(await requests(1))).not.toContain(token)
  })

  it('belong to the world of the tunnel, and not to the request log of the API', async () => {
    const { visit, requests, control } = await start()
    await visit()
    await requests(1)

    expect((await control.listRequests()).map(({ path }) => path)).not.toContain('/')
    expect(await control.clearEdgeRequests()).toEqual({ cleared: 1 })
  })

  it('have no duration while the clock is frozen', async () => {
    const { visit, requests } = await startServing({}, { clock: '2026-01-01T00:00:00Z' })
    await visit()

    expect(await requests(1)).toMatchObject([{ at: '2026-01-01T00:00:00.000000Z', duration_ms: null }])
  })

  it('are not kept with a journal of size 0', async () => {
    const { visit, control } = await startServing({}, { journal_size: 0 })
    await visit()

    expect(await control.listEdgeRequests()).toEqual([])
  })
})
