/** A program that uses the library as a test suite does, beside what the parts alone would take. Prints milliseconds as JSON. */
import { request } from 'node:http'
import Database from 'better-sqlite3'
import { createEmulator } from '../../dist/src/index.js'
import { readAnswers, staticAnswers } from './static-answers.js'

const [, , rounds, answers, seedFile] = process.argv
const TUNNELS = '/client/v4/accounts/699d98642c564d2e855e9661899b7252/cfd_tunnel'
const headers = { authorization: 'Bearer any-token' }
const canned = readAnswers(answers)
const seed = readAnswers(seedFile)
const series = {}

const timed = async (name, work) => {
  const started = performance.now()
  const done = await work()
  series[name] ??= []
  series[name].push(performance.now() - started)
  return done
}

const ask = url =>
  new Promise((resolve, reject) => {
    const asked = request(`${url}${TUNNELS}`, { agent: false, headers }, response =>
      response.resume().on('end', resolve),
    )
    asked.on('error', reject).end()
  })

const servers = {
  fastify: async () => {
    const app = staticAnswers(canned)
    await ask(await app.listen({ host: '127.0.0.1', port: 0 }))
    return app
  },
  'fastify, no socket': async () => {
    const app = staticAnswers(canned)
    await app.inject({ url: TUNNELS, headers })
    return app
  },
  listen: async () => {
    const emulator = await createEmulator({ port: 0 })
    await ask(emulator.url)
    return emulator
  },
  'no socket': async () => {
    const emulator = await createEmulator({ listen: false })
    await emulator.inject({ url: TUNNELS, headers })
    return emulator
  },
}

const bareDatabase = () => {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE tunnels (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL) STRICT')
  const insert = db.prepare('INSERT INTO tunnels (id, name, created_at) VALUES (?, ?, ?)')
  return {
    reset: () =>
      db.transaction(() => {
        db.exec('DELETE FROM tunnels')
        for (const { name, created_at } of seed.tunnels) insert.run(name, name, created_at)
      })(),
    fork: () => new Database(db.serialize()).close(),
  }
}

const bare = bareDatabase()
const emulator = await createEmulator({ listen: false, seed })
const ages = { tunnels: seed.tunnels.map(({ account_tag, name }) => ({ account_tag, name, created_at: '-1h' })) }
const other = await createEmulator({ listen: false, seed: ages })

for (let round = 0; round < Number(rounds); round += 1) {
  for (const [name, create] of Object.entries(servers)) await (await timed(name, create)).close()

  await timed('rows written', bare.reset)
  await timed('reset', () => emulator.control.reset({ to: 'seed' }))
  await timed('reset, ages', () => other.control.reset({ to: 'seed' }))
  await timed('reset to nothing', () => other.control.reset({ to: 'empty' }))

  await timed('image copied', bare.fork)
  const { id } = await timed('fork', () => emulator.control.createWorld({ from: 'current' }))
  await emulator.control.deleteWorld({ id })
}
await Promise.all([emulator.close(), other.close()])
process.stdout.write(JSON.stringify(series))
