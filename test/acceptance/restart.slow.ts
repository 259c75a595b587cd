/** A server with kept data that stops or is killed, and starts again. */
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { check, RECONNECT_MS } from '../support/edge/check.ts'
import { ask } from '../support/edge/gateway-client.ts'
import { connectionsOf, expectStatus, startServing } from '../support/edge/serving.ts'

describe('restart', () => {
  for (const [row, signal] of [
    ['14a', 'SIGTERM'],
    ['14b', 'SIGKILL'],
  ] as const) {
    check(`${row} is back after the server got ${signal}`, async ({ stage, saw }) => {
      const db = ['--db', join(stage.folder, 'data.db')]
      const { server, tunnel, cloudflared } = await startServing(stage, db)
      const before = (await server.connectors(tunnel.id))[0]?.id
      server.program.signal(signal)
      const end = await server.program.exited()

      const again = await stage.server(db, server.ports)
      const connections = await connectionsOf(again, tunnel.id)
      expect(connections.map(({ is_pending_reconnect }) => is_pending_reconnect)).toEqual([true, true, true, true])
      const back = await expectStatus(again, tunnel.id, 'healthy', RECONNECT_MS)
      expect((await again.connectors(tunnel.id)).map(({ id }) => id)).toEqual([before])
      expect(await connectionsOf(again, tunnel.id)).toHaveLength(4)
      expect((await ask(again.gateway, { hostname: 'shop.example.com' })).status).toBe(200)
      expect((await cloudflared.ready()).connectorId).toBe(before)
      saw(`server ended with ${end}; pending at once, healthy ${back} after the new start, one connector, serves`)
    })
  }
})
