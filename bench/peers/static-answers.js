/** A bare Fastify with the response models of mockflared and answers that never change: those that mockflared once gave. */
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fastify from 'fastify'
import { CreatedTunnel, ErrorItem, ResultInfo, Tunnel, TunnelCreate } from '../../dist/src/index.js'

const TUNNELS = '/client/v4/accounts/:account_id/cfd_tunnel'

const envelope = (result, others = {}) => ({
  type: 'object',
  properties: {
    success: { type: 'boolean' },
    errors: { type: 'array', items: ErrorItem },
    messages: { type: 'array', items: ErrorItem },
    result,
    ...others,
  },
  required: ['success', 'errors', 'messages', 'result'],
})
const page = item => envelope({ type: 'array', items: item }, { result_info: ResultInfo })

export const staticAnswers = ({ one, list, created }) => {
  const app = fastify()
  app.get(`${TUNNELS}/:tunnel_id`, { schema: { response: { 200: envelope(Tunnel) } } }, () => one)
  app.get(TUNNELS, { schema: { response: { 200: page(Tunnel) } } }, () => list)

  const insert = inserting()
  app.post(TUNNELS, { schema: { body: TunnelCreate, response: { 200: envelope(CreatedTunnel) } } }, ({ body }) => {
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
