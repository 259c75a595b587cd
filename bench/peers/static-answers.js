/** A bare Fastify with the response models of mockflared and answers that never change: those that mockflared once gave. */
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fastify from 'fastify'
import { Envelope, PageEnvelope } from '../../dist/schemas/envelope.js'
import { CreatedTunnel, Tunnel, TunnelCreate } from '../../dist/schemas/tunnel.js'

const TUNNELS = '/client/v4/accounts/:account_id/cfd_tunnel'

export const staticAnswers = ({ one, list, created }) => {
  const app = fastify()
  app.get(`${TUNNELS}/:tunnel_id`, { schema: { response: { 200: Envelope(Tunnel) } } }, () => one)
  app.get(TUNNELS, { schema: { response: { 200: PageEnvelope(Tunnel) } } }, () => list)

  const insert = inserting()
  app.post(TUNNELS, { schema: { body: TunnelCreate, response: { 200: Envelope(CreatedTunnel) } } }, ({ body }) => {
    insert(body.name)
    return created
  })
  return app
}

const inserting = () => {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE tunnels (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT')
  const statement = db.prepare('INSERT INTO tunnels (name) VALUES (?)')
  return name => statement.run(name)
}

export const readAnswers = file => JSON.parse(readFileSync(file, 'utf8'))
