/** Faults of requests, and the list of requests. */
import type { ServerHttp2Stream } from 'node:http2'
import { describe, expect, it, vi } from 'vitest'
import type { EdgeFaultEffect } from '../../schemas/control/edge-fault.ts'
import { responseHead } from '../support/edge/packed-headers.ts'
import { SHOP, startServing } from '../support/edge/start-serving.ts'
import { UNKNOWN_ID } from '../support/emulator.ts'

async function start() {
  const asked: string[] = []
  const serving = await startServing({
    onRequest: (stream, headers) => {
      asked.push(`${headers[':method']} ${headers[':authority']}${headers[':path']}`)
      stream.respond(responseHead(200, [['content-type', 'text/plain']]))
      stream.end('0123456789')
    },
  })
  return { ...serving, asked }
}

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

  it('have the trace of the visitor, which the origin gets as it was', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const traceparent = `00-${trace}-00f067aa0ba902b7-01`
    const sent: unknown[] = []
    const { visit, requests } = await startServing({
      onRequest: (stream, headers) => {
        sent.push(headers.traceparent, headers.tracestate)
        stream.respond(responseHead(200, []), { endStream: true })
      },
    })
    await visit({ headers: { traceparent, tracestate: 'vendor=1' } })

    expect(sent).toEqual([traceparent, 'vendor=1'])
    expect(await requests(1)).toMatchObject([{ trace_id: trace }])
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

  it('are not kept when the emulator closes before they are over', async () => {
    const asked: unknown[] = []
    const { visit, emulator } = await startServing({ onRequest: stream => asked.push(stream) })
    const visits = [visit(), visit({ hostname: 'nobody.example.com', method: 'POST' })]
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    await emulator.close()

    expect((await Promise.allSettled(visits)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })

  it('are kept with the request log when a snapshot is restored', async () => {
    const { visit, requests, control } = await start()
    await control.saveSnapshot({ name: 'before' })
    await visit()
    const before = await requests(1)
    await control.restoreSnapshot({ name: 'before', keep: ['requests'] })
    expect(await control.listEdgeRequests()).toEqual(before)

    await control.restoreSnapshot({ name: 'before' })
    expect(await control.listEdgeRequests()).toEqual([])
  })

  it('are not kept with a journal of size 0', async () => {
    const { visit, control } = await startServing({}, { journal_size: 0 })
    await visit()

    expect(await control.listEdgeRequests()).toEqual([])
  })
})
