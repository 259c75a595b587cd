/** Visitors and connectors that are many, slow or silent: the others go on, and memory is bounded. */
import { expect, it, onTestFinished, vi } from 'vitest'
import { APP, type ServeStream, startGateway } from '../support/edge/gateway.ts'
import { ask, openRequest, requestOf } from '../support/edge/gateway-client.ts'
import { responseHead } from '../support/edge/packed-headers.ts'

const MIB = 2 ** 20
const CHUNK = Buffer.alloc(64 * 1_024)

/** Streams without end, silence, unread requests, and one quick response. */
const serve: ServeStream = (stream, { ':path': path }) => {
  if (path === '/unread') return
  stream.resume()
  if (path === '/silent') return

  stream.respond(responseHead(200))
  if (path !== '/endless') {
    stream.end('quick')
    return
  }
  const write = (): void => {
    while (!stream.destroyed) {
      if (stream.write(CHUNK)) continue
      stream.once('drain', write)
      return
    }
  }
  write()
}

async function start() {
  const { plain, connection } = await startGateway({ serve, timeout_ms: 120_000 })
  const before = process.memoryUsage().rss
  return {
    plain,
    connection,
    /** A visitor among the others is served, over the same connection. */
    expectToServe: async () => {
      expect((await ask(plain, { hostname: APP, path: '/quick' })).text).toBe('quick')
    },
    grownMiB: () => (process.memoryUsage().rss - before) / MIB,
  }
}

it('answers 1,000 requests with 502 when their silent connector is gone, and serves others until then', async () => {
  const { plain, connection, expectToServe, grownMiB } = await start()
  let arrived = 0
  const statuses = Array.from({ length: 1_000 }, async () => {
    const { status } = await ask(plain, { hostname: APP, path: '/silent' })
    arrived++
    return status
  })
  await expectToServe()
  expect(grownMiB()).toBeLessThan(200)
  expect(arrived).toBe(0)
  connection?.destroy()
  expect(new Set(await Promise.all(statuses))).toEqual(new Set([502]))
})

it('keeps little of 100 endless responses that nobody reads', async () => {
  const { plain, expectToServe, grownMiB } = await start()
  for (let visitor = 0; visitor < 100; visitor++) {
    const response = await openRequest(plain, { hostname: APP, path: '/endless' })
    response.on('error', () => undefined).pause()
    onTestFinished(() => void response.destroy())
    await expectToServe()
  }
  expect(grownMiB()).toBeLessThan(400)
})

it('keeps little of 100 endless uploads that nobody reads', async () => {
  const { plain, expectToServe, grownMiB } = await start()
  for (let visitor = 0; visitor < 100; visitor++) {
    const request = requestOf(plain, { hostname: APP, path: '/unread', method: 'POST' })
    request.on('error', () => undefined)
    onTestFinished(() => void request.destroy())
    // 16 MiB, or until the gateway takes no more.
    for (let chunk = 0; chunk < 256 && request.writableLength < MIB; chunk++) {
      request.write(CHUNK)
      await new Promise(setImmediate)
    }
    expect(request.writableLength).toBeGreaterThan(0)
    await expectToServe()
  }
  expect(grownMiB()).toBeLessThan(400)
})

it('forgets 2,000 visitors who leave before the response', async () => {
  const open = new Set<object>()
  let opened = 0
  const { plain } = await startGateway({
    serve: stream => {
      open.add(stream)
      opened++
      stream.once('close', () => open.delete(stream))
      stream.resume()
    },
  })
  for (let visitor = 0; visitor < 2_000; visitor++) {
    const request = requestOf(plain, { hostname: APP })
    request.on('error', () => undefined).end()
    if (visitor % 2 === 0) request.destroy()
    else request.once('socket', socket => socket.once('connect', () => setImmediate(() => request.destroy())))
    await new Promise(resolve => request.once('close', resolve))
  }
  expect(opened).toBeGreaterThan(0)
  await vi.waitFor(() => expect(open.size).toBe(0))
})
