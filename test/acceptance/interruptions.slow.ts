/** Origins that fail, and a connector that stops while it serves. */
import { describe, expect } from 'vitest'
import { check, within } from '../support/edge/check.ts'
import { ask, openRequest } from '../support/edge/gateway-client.ts'
import { startServing } from '../support/edge/serving.ts'

const SHOP = 'shop.example.com'

describe('interruptions', () => {
  check('24 answers 502 for an origin that fails', async ({ stage, saw }) => {
    const { server, tunnel, origin } = await startServing(stage)
    const largeHead = await ask(server.gateway, { hostname: SHOP, path: '/large-head?bytes=92160' })
    expect(largeHead.status).toBe(502)
    await within(20_000, async () => expect(await server.events('connection_lost')).toHaveLength(1))
    const back = await within(60_000, async () => {
      expect((await server.tunnel(tunnel.id)).status).toBe('healthy')
    })
    for (let request = 0; request < 8; request++) {
      expect((await ask(server.gateway, { hostname: SHOP })).status).toBe(200)
    }
    await origin.close()
    const down = await ask(server.gateway, { hostname: SHOP })
    expect(down).toMatchObject({ status: 502, text: expect.stringContaining('502') })
    expect((await server.tunnel(tunnel.id)).status).toBe('healthy')
    saw(`head of 90 KiB: 502, one connection lost, healthy again ${back} later; origin down: 502, stays healthy`)
  })

  check('19 finishes what is in flight on SIGTERM', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const slow = Array.from({ length: 6 }, () => ask(server.gateway, { hostname: SHOP, path: '/slow?ms=4000' }))
    const events = await openRequest(server.gateway, { hostname: SHOP, path: '/sse?events=25&every_ms=200' })
    const streamed = events.toArray()
    cloudflared.signal('SIGTERM')

    const refused = await within(5_000, async () => {
      expect(await ask(server.gateway, { hostname: SHOP })).toMatchObject({
        status: 530,
        headers: { 'mockflared-edge': 'no-connector' },
      })
    })
    expect((await server.tunnel(tunnel.id)).status).toBe('down')
    for (const response of await Promise.all(slow)) expect(response).toMatchObject({ status: 200, text: 'slow' })
    expect(
      Buffer.concat(await streamed)
        .toString()
        .match(/data:/g),
    ).toHaveLength(25)
    const start = performance.now()
    expect(await cloudflared.exited()).toBe(0)
    const exit_ms = performance.now() - start
    expect(exit_ms).toBeLessThanOrEqual(1_000)
    saw(
      `new requests 530 after ${refused}; 6 slow requests and 25 events complete; exit ${Math.round(exit_ms)} ms after the last`,
    )
  })
})
