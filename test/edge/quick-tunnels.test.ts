/** Quick tunnels, as cloudflared asks for them with `--quick-service`. */
import { describe, expect, it, vi } from 'vitest'
import type { QuickTunnel } from '../../schemas/control/edge-control.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { startEmulator } from '../support/emulator.ts'

/** The request of cloudflared: a type, and no body. */
const REQUEST = { method: 'POST', url: '/tunnel', headers: { 'content-type': 'application/json' } } as const

async function start() {
  const edge = await startEdge()
  const request = async (url = '/tunnel') => edge.send<QuickTunnel>({ ...REQUEST, url })
  const connectorOf = ({ account_tag: a, id, secret: s }: QuickTunnel) =>
    edge.connectorOf({ id }, { token: Buffer.from(JSON.stringify({ a, t: id, s })).toString('base64') })
  return {
    ...edge,
    request,
    connectorOf,
    names: async (id = 'main') => namesIn(await edge.emulator.controlOf(id).listTunnels()),
  }
}

function namesIn(tunnels: readonly { readonly name: string; readonly status: string }[]) {
  return tunnels.map(({ name, status }) => `${name} ${status}`)
}

describe('POST /tunnel', { tags: ['edge_quick_tunnel'] }, () => {
  it('creates a tunnel, whose connector can connect at once', async () => {
    const { request, connectorOf, names } = await start()
    const { status, success, errors, result } = await request()
    expect({ status, success, errors }).toEqual({ status: 200, success: true, errors: [] })

    await (await connectorOf(result)).connect()
    expect(await names()).toEqual([`${result.hostname} degraded`])
  })

  it('deletes the tunnel when cloudflared stops', async () => {
    const { request, connectorOf, names } = await start()
    const connector = await connectorOf((await request()).result)
    await connector.connect()

    await connector.stop()
    await vi.waitFor(async () => expect(await names()).toEqual([]))
  })

  it('creates the tunnel in the world of the path', async () => {
    const { emulator, request, names } = await start()
    const { id } = await emulator.control.createWorld()
    const { result } = await request(`/w/${id}/tunnel`)

    expect(await names()).toEqual([])
    expect(await names(id)).toEqual([`${result.hostname} inactive`])
  })

  it('is not for web pages of other origins', async () => {
    const { send, names } = await start()
    const { status } = await send({ ...REQUEST, headers: { origin: 'https://example.com' } })

    expect(status).toBe(403)
    expect(await names()).toEqual([])
  })

  it('is unknown without an edge', async () => {
    const { send } = await startEmulator()
    const answers = await Promise.all(['/tunnel', '/tunnels-of-nobody'].map(url => send({ ...REQUEST, url })))

    expect(answers.map(({ status, errors: [error] }) => [status, error?.code])).toEqual([
      [404, 7003],
      [404, 7003],
    ])
  })
})
