/**
 * Runs by `node --test` in a project that has the package: a test may fake timers before it makes an
 * emulator, and the emulator must not wait for them.
 */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { afterEach, mock, test } from 'node:test'
import { createEmulator } from 'mockflared'

const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const TUNNELS = `accounts/${ACCOUNT}/cfd_tunnel`
const headers = { authorization: 'Bearer any-token', 'content-type': 'application/json' }

/** Each way to send a request: it answers with the status and the parsed body. */
const WAYS = {
  inject: async (emulator, method, body) => {
    const response = await emulator.inject({ method, url: `/client/v4/${TUNNELS}`, headers, ...(body && { body }) })
    return [response.statusCode, response.json()]
  },
  fetch: async (emulator, method, body) => {
    const response = await emulator.fetch(`${emulator.baseURL}/${TUNNELS}`, { method, headers, ...(body && { body }) })
    return [response.status, await response.json()]
  },
  socket: (emulator, method, body) =>
    new Promise((resolve, reject) => {
      const sent = request(`${emulator.baseURL}/${TUNNELS}`, { method, headers, agent: false }, async response => {
        resolve([response.statusCode, JSON.parse((await response.setEncoding('utf8').toArray()).join(''))])
      })
      sent.on('error', reject).end(body)
    }),
}

afterEach(() => mock.timers.reset())

let made = 0

async function works(emulator, ways) {
  for (const way of ways) {
    const name = `tunnel-${++made}`
    const [status, { result }] = await WAYS[way](emulator, 'POST', JSON.stringify({ name, config_src: 'cloudflare' }))
    assert.deepEqual([status, result.name], [200, name], way)

    const [, list] = await WAYS[way](emulator, 'GET')
    assert.ok(
      list.result.some(tunnel => tunnel.name === name),
      way,
    )
  }
  const { id } = await emulator.control.createWorld({ from: 'empty' })
  await emulator.control.deleteWorld({ id })
}

/** One that does not listen, and one that does. */
async function start() {
  const silent = await createEmulator({ listen: false })
  const listening = await createEmulator({ port: 0 })
  return {
    work: async () => {
      await works(silent, ['inject', 'fetch'])
      await works(listening, ['inject', 'fetch', 'socket'])
    },
    close: () => Promise.all([silent.close(), listening.close()]),
  }
}

for (const apis of [undefined, ['setTimeout', 'setInterval', 'setImmediate']]) {
  for (const time of ['first', 'second']) {
    test(`an emulator works with faked timers (${apis ?? 'all'}), the ${time} time`, { timeout: 30_000 }, async () => {
      mock.timers.enable(apis && { apis })
      const during = await start()
      await during.work()
      mock.timers.reset()
      await during.work()

      const before = await start()
      await before.work()
      mock.timers.enable(apis && { apis })
      await before.work()
      await during.work()
      await during.close()
      mock.timers.reset()
      await before.work()
      await before.close()
    })
  }
}
