/** The operations on the edge, with an edge. `test/edge/` has what they do to connectors. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createControlClient } from '../../src/client.ts'
import { startEdge } from '../support/edge/start-edge.ts'

describe('getEdge and changeEdge', () => {
  it('show the edge, and whether connectors may register in the world', async () => {
    const { emulator } = await startEdge()
    const { control } = emulator
    const status = {
      address: emulator.edgeAddress,
      gateway_url: emulator.gatewayURL,
      ca_path: emulator.edgeCaFile,
      connections: 0,
      accepts: true,
    }

    expect(await control.getEdge()).toEqual(status)
    expect(await control.changeEdge({ accepts: false })).toEqual({ ...status, accepts: false })
    const { id } = await control.createWorld()
    expect(await emulator.controlOf(id).getEdge()).toEqual(status)
  })
})

describe('getEdgeCertificate', () => {
  it('is the file of the CA in the library, in the client and over HTTP', async () => {
    const { emulator } = await startEdge()
    const client = createControlClient({ url: emulator.url })
    const pem = readFileSync(emulator.edgeCaFile, 'utf8')
    const { statusCode, headers, body } = await emulator.inject({ url: '/_mockflared/edge/ca.pem' })

    expect([await emulator.control.getEdgeCertificate(), await client.getEdgeCertificate(), body]).toEqual([
      pem,
      pem,
      pem,
    ])
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/x-pem-file'])
  })

  it('in the client rejects text of another server', async () => {
    const html = async () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
    const client = createControlClient({ url: 'http://127.0.0.1:1', fetch: html })

    await expect(client.getEdgeCertificate()).rejects.toMatchObject({ code: 'unknown' })
  })
})

describe('listEdgeRequests', () => {
  it('is empty before the first request, and can be cleared', async () => {
    const { control } = (await startEdge()).emulator

    expect(await control.listEdgeRequests({ hostname: 'shop.example.com', limit: 1 })).toEqual([])
    expect(await control.clearEdgeRequests()).toEqual({ cleared: 0 })
  })
})
