/** Requests that the gateway answers itself, or leads to the management service of a connector. */
import { describe, expect, it, vi } from 'vitest'
import type { QuickTunnelAnswer } from '../../schemas/control/edge-control.ts'
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
    await visit({ path: '//?access_token' })

    expect(asked).toEqual([`GET ${SHOP}/?access_token=of-the-shop`, `GET ${SHOP}//?access_token`])
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
