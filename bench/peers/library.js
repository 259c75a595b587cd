/**
 * Uses the library as a test suite does, and beside it the parts that the library is made of. Prints
 * milliseconds as JSON. library.js LIBRARY ROUNDS FASTIFY_FILE SEED_FILE
 */
import { request } from 'node:http'
import Database from 'better-sqlite3'
import { createStaticFastify, readJson } from './static-fastify.js'

const [, , libraryFile, rounds, fastifyFile, seedFile] = process.argv
const { createEmulator } = await import(libraryFile)
const TUNNELS = '/client/v4/accounts/699d98642c564d2e855e9661899b7252/cfd_tunnel'
const headers = { authorization: 'Bearer any-token' }
const fastifyData = readJson(fastifyFile)
const seed = readJson(seedFile)
const series = {}

async function timed(name, work) {
  const started = performance.now()
  const result = await work()
  series[name] ??= []
  series[name].push(performance.now() - started)
  return result
}

function get(url) {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${TUNNELS}`, { agent: false, headers }, response =>
      response.resume().on('end', resolve),
    )
    sent.on('error', reject).end()
  })
}

const servers = {
  fastify: async () => {
    const app = createStaticFastify(fastifyData)
    await get(await app.listen({ host: '127.0.0.1', port: 0 }))
    return app
  },
  'fastify, no socket': async () => {
    const app = createStaticFastify(fastifyData)
    await app.inject({ url: TUNNELS, headers })
    return app
  },
  socket: async () => {
    const emulator = await createEmulator({ port: 0 })
    await get(emulator.url)
    return emulator
  },
  'no socket': async () => {
    const emulator = await createEmulator({ listen: false })
    await emulator.inject({ url: TUNNELS, headers })
    return emulator
  },
}

function createBareDatabase() {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE tunnels (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO tunnels (id, name, created_at) VALUES (?, ?, ?)')
  return {
    reset: () =>
      db.transaction(() => {
        db.exec('DELETE FROM tunnels')
        for (const { name, created_at } of seed.tunnels) insert.run(name, name, created_at)
      })(),
    copy: () => new Database(db.serialize()).close(),
  }
}

const bareDatabase = createBareDatabase()
const emulator = await createEmulator({ listen: false, seed })
const partialSeed = {
  tunnels: seed.tunnels.map(({ account_tag, name }) => ({ account_tag, name, created_at: '-1h' })),
}
const partial = await createEmulator({ listen: false, seed: partialSeed })

for (let round = 0; round < Number(rounds); round += 1) {
  for (const [name, create] of Object.entries(servers)) await (await timed(name, create)).close()

  await timed('rows inserted', bareDatabase.reset)
  await timed('reset, full seed', () => emulator.control.reset({ to: 'seed' }))
  await timed('reset, partial seed', () => partial.control.reset({ to: 'seed' }))
  await timed('reset, empty', () => partial.control.reset({ to: 'empty' }))

  await timed('database copied', bareDatabase.copy)
  const { id } = await timed('fork', () => emulator.control.createWorld({ from: 'current' }))
  await emulator.control.deleteWorld({ id })
}
await Promise.all([emulator.close(), partial.close()])
process.stdout.write(JSON.stringify(series))
