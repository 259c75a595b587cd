/** Clients that listen to events and never read them, while others work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HEADERS, startServerUnderAttack, TUNNELS } from '../support/server-under-attack.ts'
import { talk } from '../support/socket.ts'

const LISTENERS = 200
const REQUESTS = 100_000
const BATCH = 5_000

/** The events that a world keeps, and 64 KiB for each listener, which is what Node buffers. */
const MAX_GROWTH_MB = 50

let server: Awaited<ReturnType<typeof startServerUnderAttack>>
beforeAll(async () => {
  server = await startServerUnderAttack()
})
afterAll(() => server.stop())

describe('200 clients that listen to events and never read them', () => {
  it('cost a bounded amount of memory over 100,000 requests', async () => {
    const { port, openMany, memory, expectService } = server
    await expectService()
    const before = await memory()
    for (const socket of await openMany(LISTENERS)) {
      socket.pause().write('GET /_mockflared/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n')
    }

    const call = `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`
    const last = `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}Connection: close\r\n\r\n`
    for (let sent = 0; sent < REQUESTS; sent += BATCH) {
      const received = await talk(port, call.repeat(BATCH - 1) + last)
      expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(BATCH)
      const { heapUsed, external } = await memory()
      expect((heapUsed + external - before.heapUsed - before.external) / 1024 / 1024).toBeLessThan(MAX_GROWTH_MB)
    }
    await expectService()
  })
})
