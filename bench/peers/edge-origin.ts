/** What stands behind the tunnel. It makes nothing itself, so that the times are those of the way. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stdout } from 'node:process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { echoWebsocket } from '../../test/support/edge/websocket.ts'

const CHUNK = Buffer.alloc(64 * 1024, 'mockflared')

function* chunks(count: number): Generator<Buffer> {
  for (let sent = 0; sent < count; sent += 1) yield CHUNK
}

/** `GET /chunks/COUNT` answers with that many chunks, a POST with the bytes that it got, all else with a text. */
const server = createServer(async (request, response) => {
  const [, count] = /^\/chunks\/(\d+)$/.exec(request.url ?? '') ?? []
  if (count !== undefined) {
    response.writeHead(200, { 'content-length': Number(count) * CHUNK.length })
    await pipeline(Readable.from(chunks(Number(count))), response)
    return
  }
  let bytes = 0
  for await (const chunk of request) bytes += chunk.length
  response.end(`${bytes} bytes`)
})
server.on('upgrade', echoWebsocket)
server.listen(0, '127.0.0.1', () => stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`))
