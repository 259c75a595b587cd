import { once } from 'node:events'
import type { ClientHttp2Session, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2'
import { text } from 'node:stream/consumers'
import { expect, it, vi } from 'vitest'
import type { RegisterAnswer } from '../../src/edge/register-call.ts'
import { FakeConnector } from '../support/edge/fake-connector.ts'
import { startSmallEdge } from '../support/edge/small-edge.ts'

const ACCOUNT = 'a'.repeat(32)
const TUNNEL = '11111111-2222-4333-8444-555555555555'
const KEYS = { a: ACCOUNT, t: TUNNEL, s: Buffer.alloc(32, 7).toString('base64') }
const TOKEN = Buffer.from(JSON.stringify(KEYS)).toString('base64')
const ACCEPTED = { connection_id: 'a6d23fe0-cdce-b76f-4691-7f2575b51257', location: 'lis01', remotely_managed: false }

async function start(answer: RegisterAnswer = ACCEPTED) {
  const edge = await startSmallEdge(answer)
  return { edge, connector: new FakeConnector({ ...edge, token: TOKEN, refuses: config => config === 'bad' }) }
}

/** Sends a request to the newest connection of the edge. */
async function ask(
  { sessions }: { readonly sessions: readonly ClientHttp2Session[] },
  headers: OutgoingHttpHeaders,
  body = '',
): Promise<{ head: IncomingHttpHeaders; body: string }> {
  const stream = sessions.at(-1)?.request({ ':path': '/', ...headers }, { endStream: false })
  if (!stream) throw new Error('nothing is connected')
  stream.end(body)
  const [head] = await once(stream, 'response')
  return { head, body: await text(stream) }
}

it('registers, serves a request and unregisters', async () => {
  const { edge, connector } = await start()
  const connection = await connector.connect()
  expect(connection.answer.details).toEqual(ACCEPTED)
  expect(edge.told).toMatchObject([{ account_tag: ACCOUNT, tunnel_id: TUNNEL, client: { id: connector.id } }])
  expect(await ask(edge, { ':authority': 'a.example.com' })).toMatchObject({
    head: { ':status': 200, 'cf-cloudflared-response-headers': 'Y29udGVudC10eXBl:dGV4dC9wbGFpbg' },
    body: connector.id,
  })
  await connector.stop()
  expect(edge.told.at(-1)).toBe('unregister')
  expect(connector.connections).toEqual([])
})

it('takes newer configurations only, and none that it refuses', async () => {
  const { edge, connector } = await start()
  await connector.connect()
  const push = async (version: number, config: unknown) => {
    const headers = { ':method': 'PUT', 'cf-cloudflared-proxy-connection-upgrade': 'update-configuration' }
    return JSON.parse((await ask(edge, headers, JSON.stringify({ version, config }))).body)
  }
  expect(await push(2, 'good')).toEqual({ lastAppliedVersion: 2, err: null })
  expect(await push(1, 'old')).toEqual({ lastAppliedVersion: 2, err: null })
  expect(await push(3, 'bad')).toEqual({ lastAppliedVersion: 2, err: {} })
  expect(connector.configuration).toEqual({ version: 2, config: 'good' })
  expect(connector.pushes).toHaveLength(3)
})

it('sends the configuration of a local tunnel', async () => {
  const { edge, connector } = await start()
  const connection = await connector.connect()
  await connection.sendLocalConfiguration({ ingress: [] })
  expect(edge.told.at(-1)).toBe('{"ingress":[]}')
})

it('rejects with the cause of a refusal', async () => {
  const { connector } = await start({ cause: 'EDUPCONN', should_retry: true })
  await expect(connector.connect()).rejects.toThrow('EDUPCONN')
})

it('is gone at once when it is killed', async () => {
  const { edge, connector } = await start()
  await connector.connectAll()
  await connector.kill()
  await vi.waitFor(() => expect(edge.sessions.every(session => session.destroyed)).toBe(true))
})

it('answers no ping while it is frozen', async () => {
  const { edge, connector } = await start()
  const connection = await connector.connect()
  const [session] = edge.sessions
  const ping = () => new Promise(resolve => session?.ping(resolve)).then(() => 'pong')
  expect(await ping()).toBe('pong')

  connection.freeze()
  let late = ping()
  // What was on its way is still answered. Another connection shows that there was time to answer.
  while ((await Promise.race([late, connector.connect()])) === 'pong') late = ping()

  connection.thaw()
  expect(await late).toBe('pong')
})
