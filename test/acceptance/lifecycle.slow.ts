/** How a real cloudflared leaves, comes back, and is cut off. */
import { describe, expect } from 'vitest'
import { check, RECONNECT_MS, secondsSince, within } from '../support/edge/check.ts'
import type { EdgeServer } from '../support/edge/server.ts'
import { connectionsOf, expectStatus, liveConnections, REGISTER_MS, startServing } from '../support/edge/serving.ts'

const HAS_CONNECTIONS = { status: 400, errors: [expect.objectContaining({ code: 1022 })] }

/** Newer secrets have 32 bytes, too. */
const NEW_SECRET = Buffer.alloc(32, 'new').toString('base64')

function deleteTunnel(server: EdgeServer, id: string, query = '') {
  return server.api('DELETE', `/cfd_tunnel/${id}${query}`)
}

describe('lifecycle', () => {
  check('5 closes its connections on SIGTERM', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    expect(await deleteTunnel(server, tunnel.id)).toMatchObject(HAS_CONNECTIONS)

    cloudflared.signal('SIGTERM')
    const gone = await within(1_000, async () => expect(await connectionsOf(server, tunnel.id)).toEqual([]))
    expect((await server.tunnel(tunnel.id)).status).toBe('down')
    expect(await deleteTunnel(server, tunnel.id)).toMatchObject({ status: 200 })
    const start = performance.now()
    expect(await cloudflared.exited()).toBe(0)
    saw(
      `DELETE 1022; no connections ${gone} after SIGTERM, down, DELETE 200; exit 0 after another ${secondsSince(start)}`,
    )
  })

  check('6 is pending reconnect after kill -9, and expires', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const first = (await server.connectors(tunnel.id))[0]?.id
    cloudflared.signal('SIGKILL')
    const lost = await expectStatus(server, tunnel.id, 'down', 3_000)
    const pending = await connectionsOf(server, tunnel.id)
    expect(pending.map(({ is_pending_reconnect }) => is_pending_reconnect)).toEqual([true, true, true, true])
    expect(await deleteTunnel(server, tunnel.id)).toMatchObject(HAS_CONNECTIONS)

    await server.control.moveClock({ advance: '6m' })
    expect(await connectionsOf(server, tunnel.id)).toEqual([])
    expect(await server.events('connection_expired')).toHaveLength(4)

    stage.run(server, tunnel.token ?? '')
    const healthy = await expectStatus(server, tunnel.id, 'healthy')
    const [connector, ...others] = await server.connectors(tunnel.id)
    expect(others).toEqual([])
    expect(connector?.id).not.toBe(first)
    saw(`4 pending ${lost} after the kill, DELETE 1022, none after 6m; a new process is healthy after ${healthy}`)
  })

  check('7 is pending reconnect while it is frozen', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const first = (await server.connectors(tunnel.id))[0]?.id
    cloudflared.signal('SIGSTOP')
    const noticed = await within(15_000, async () => {
      const pending = await connectionsOf(server, tunnel.id)
      expect(pending.map(({ is_pending_reconnect }) => is_pending_reconnect)).toEqual([true, true, true, true])
    })
    cloudflared.signal('SIGCONT')
    const back = await expectStatus(server, tunnel.id, 'healthy', RECONNECT_MS)
    expect((await server.connectors(tunnel.id)).map(({ id }) => id)).toEqual([first])
    saw(`4 pending ${noticed} after SIGSTOP; healthy ${back} after SIGCONT, same connector`)
  })

  check('8 comes back after its connections were cleaned up', async ({ stage, saw }) => {
    const { server, tunnel } = await startServing(stage)
    const before = await server.connectors(tunnel.id)
    await server.api('DELETE', `/cfd_tunnel/${tunnel.id}/connections`)
    expect(await connectionsOf(server, tunnel.id)).toEqual([])

    const back = await expectStatus(server, tunnel.id, 'healthy', RECONNECT_MS)
    const after = await server.connectors(tunnel.id)
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    const idsOf = (connectors: typeof before) => connectors.flatMap(({ conns }) => conns.map(({ id }) => id))
    expect(idsOf(after).filter(id => idsOf(before).includes(id))).toEqual([])
    saw(`no connections at once; 4 new ones ${back} later, same connector`)
  })

  check('9 is refused with an old secret from its next registration on', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    expect(await server.api('PATCH', `/cfd_tunnel/${tunnel.id}`, { tunnel_secret: NEW_SECRET })).toMatchObject({
      status: 200,
      result: { status: 'healthy' },
    })
    expect(await liveConnections(server, tunnel.id)).toHaveLength(4)

    await server.api('DELETE', `/cfd_tunnel/${tunnel.id}/connections`)
    await cloudflared.printed(/Unauthorized: Invalid tunnel secret/, RECONNECT_MS)
    expect((await server.tunnel(tunnel.id)).status).toBe('down')
    const [refusal] = await server.events('registration_refused')
    expect(refusal).toMatchObject({ tunnel_id: tunnel.id, reason: 'Unauthorized: Invalid tunnel secret' })
    await cloudflared.close()

    const { result: token } = await server.api<string>('GET', `/cfd_tunnel/${tunnel.id}/token`)
    stage.run(server, token)
    const healthy = await expectStatus(server, tunnel.id, 'healthy')
    saw(`stays healthy; after clean-up refused and down, with an event; the new token is healthy after ${healthy}`)
  })

  check('10 is cut off by a deletion with cascade', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    expect(await deleteTunnel(server, tunnel.id, '?cascade=true')).toMatchObject({ status: 200 })

    const noticed = await within(REGISTER_MS, async () => {
      expect((await cloudflared.ready()).readyConnections).toBe(0)
    })
    const start = performance.now()
    await cloudflared.printed(/Unauthorized: Tunnel not found/, RECONNECT_MS)
    expect(cloudflared.hasEnded()).toBe(false)
    saw(
      `0 ready connections after ${noticed}; "Unauthorized: Tunnel not found" ${secondsSince(start)} later; keeps trying`,
    )
  })
})
