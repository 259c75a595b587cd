/** A bare Fastify with the models of mockflared and responses that never change, which mockflared gave once. */
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fastify from 'fastify'

const TUNNELS = '/client/v4/accounts/:account_id/cfd_tunnel'

export function createStaticFastify({ models, responses }) {
  const app = fastify()
  const { TunnelCreate, OneTunnel, TunnelPage, OneCreatedTunnel } = models
  app.get(`${TUNNELS}/:tunnel_id`, { schema: { response: { 200: OneTunnel } } }, () => responses.one)
  app.get(TUNNELS, { schema: { response: { 200: TunnelPage } } }, () => responses.list)

  const insert = prepareInsert()
  app.post(TUNNELS, { schema: { body: TunnelCreate, response: { 200: OneCreatedTunnel } } }, ({ body }) => {
    insert(body.name)
    return responses.created
  })
  return app
}

function prepareInsert() {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE tunnels (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT')
  const statement = db.prepare('INSERT INTO tunnels (name) VALUES (?)')
  return name => statement.run(name)
}

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
