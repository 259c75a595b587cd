/** A quick tunnel: cloudflared asks the server for a hostname of its own. */
import { describe, expect } from 'vitest'
import { check, within } from '../support/edge/check.ts'
import { tunnelEnvironment } from '../support/edge/cloudflared.ts'
import { ask } from '../support/edge/gateway-client.ts'

describe('quick tunnel', () => {
  for (const [row, side] of [
    ['21a', 'API'],
    ['21b', 'gateway'],
  ] as const) {
    check(`${row} serves an origin under its hostname, by the port of the ${side}`, async ({ stage, saw }) => {
      const server = await stage.server()
      const origin = await stage.origin('quick origin')
      const service = `http://127.0.0.1:${side === 'API' ? server.ports.api : server.ports.gateway}`
      const args = ['tunnel', '--quick-service', service, '--url', origin.url]
      const cloudflared = stage.cloudflared(tunnelEnvironment(server, 1), args)
      const [, hostname = ''] = await cloudflared.printed(/https:\/\/(\S+\.trycloudflare\.com)/, 15_000)

      const seconds = await within(15_000, async () => {
        expect(await ask(server.gateway, { hostname })).toMatchObject({ status: 200, text: 'quick origin' })
      })
      expect(await server.control.listTunnels()).toHaveLength(1)
      cloudflared.signal('SIGTERM')
      expect(await cloudflared.exited()).toBe(0)
      await within(5_000, async () => {
        expect((await ask(server.gateway, { hostname })).status).toBe(530)
        expect(await server.control.listTunnels()).toEqual([])
      })
      saw(`${hostname} serves ${seconds} after it was given; after SIGTERM 530, and the tunnel is gone`)
    })
  }
})
