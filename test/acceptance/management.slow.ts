/** `cloudflared tail` and the management service, through the gateway. */
import { describe, expect } from 'vitest'
import { check, within } from '../support/edge/check.ts'
import { ask } from '../support/edge/gateway-client.ts'
import type { EdgeServer } from '../support/edge/server.ts'
import { startServing } from '../support/edge/serving.ts'

const MANAGEMENT = 'management.argotunnel.com'

async function tokenFor(server: EdgeServer, tunnel_id: string, resource = 'logs'): Promise<string> {
  return (await server.api<string>('POST', `/cfd_tunnel/${tunnel_id}/management/${resource}`)).result
}

function askManagement(server: EdgeServer, path: string, token: string, connector_id?: string) {
  const query = new URLSearchParams({ access_token: token, ...(connector_id && { connector_id }) })
  return ask(server.secureGateway, { hostname: MANAGEMENT, path: `${path}?${query}` })
}

describe('management', () => {
  check('20a prints the requests of a tunnel with `tail`', async ({ stage, saw }) => {
    const { server, tunnel } = await startServing(stage)
    const hostname = `127.0.0.1:${server.gateway.port}`
    const tail = stage.cloudflared({ SSL_CERT_FILE: server.caFile }, [
      ...['tail', '--management-hostname', hostname, '--token', await tokenFor(server, tunnel.id)],
    ])
    await within(15_000, async () => {
      await ask(server.gateway, { hostname: 'shop.example.com', path: '/seen-by-tail' })
      expect(tail.output()).toContain('/seen-by-tail')
    })
    const line =
      tail
        .output()
        .split('\n')
        .find(text => text.includes('/seen-by-tail')) ?? ''
    saw(`tail printed: ${line.slice(0, 100)}`)
  })

  check('20b serves /ping, /host_details and /metrics of a connector', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const { connectorId } = await cloudflared.ready()
    const details = await askManagement(server, '/host_details', await tokenFor(server, tunnel.id, 'host_details'))
    expect(details.status).toBe(200)
    expect(JSON.parse(details.text)).toMatchObject({ connector_id: connectorId })
    const named = await askManagement(
      server,
      '/host_details',
      await tokenFor(server, tunnel.id, 'host_details'),
      connectorId,
    )
    expect(JSON.parse(named.text)).toMatchObject({ connector_id: connectorId })
    expect((await askManagement(server, '/ping', await tokenFor(server, tunnel.id))).status).toBe(200)
    const metrics = await askManagement(server, '/metrics', await tokenFor(server, tunnel.id, 'admin'))
    expect(metrics.text).toContain('cloudflared_tunnel_ha_connections 4')
    saw(`/host_details names ${connectorId}; /ping 200; /metrics has 4 connections`)
  })

  check('20c refuses tokens of another tunnel, and expired ones', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const other = await server.createTunnel('other')
    const { connectorId } = await cloudflared.ready()
    const good = await tokenFor(server, tunnel.id)
    expect((await askManagement(server, '/ping', good)).status).toBe(200)

    const ofOther = await askManagement(server, '/ping', await tokenFor(server, other.id))
    expect(ofOther.status).toBeGreaterThanOrEqual(400)
    const crossed = await askManagement(server, '/ping', await tokenFor(server, other.id), connectorId)
    expect(crossed.status).toBeGreaterThanOrEqual(400)
    const changed = await askManagement(server, '/ping', `${good.slice(0, -4)}AAAA`)
    expect(changed.status).toBe(400)
    expect(JSON.parse(changed.text)).toMatchObject({ success: false, errors: [{ code: 1001 }] })

    await server.control.moveClock({ advance: '2h' })
    const expired = await askManagement(server, '/ping', good)
    expect(expired.status).toBe(400)
    const { status } = await askManagement(server, '/ping', await tokenFor(server, tunnel.id))
    expect(status).toBe(200)
    saw(
      `other tunnel ${ofOther.status}, with connector_id ${crossed.status}, forged ${changed.status}, after 2h ${expired.status}`,
    )
  })
})
