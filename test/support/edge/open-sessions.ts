import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { RegisterAnswer } from '../../../src/edge/register-call.ts'
import { openSession, type SessionHandlers, type SessionOptions } from '../../../src/edge/session.ts'
import { createAuthority, issueCertificate } from '../../../src/http/certificates.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../emulator.ts'
import { FakeConnector } from './fake-connector.ts'

/** Resolves when a socket has ended, whatever its error. */
export function closed(socket: Socket): Promise<void> {
  return new Promise(resolve => (socket.closed ? resolve() : socket.once('close', () => resolve())))
}

const ACCEPTED: RegisterAnswer = { connection_id: UNKNOWN_ID, location: 'dfw08', remotely_managed: true }

/** A port whose connections become sessions without a world, and a connector for it. */
export async function openSessions(
  options: Partial<SessionOptions> = {},
  register: SessionHandlers['register'] = async () => ACCEPTED,
) {
  const now = new Date()
  const authority = await createAuthority(now)
  /** What the sessions reported, in order. */
  const reports: string[] = []
  const report = (what: string) => () => {
    reports.push(what)
  }
  const handlers: SessionHandlers = {
    register,
    registered: report('registered'),
    unregister: report('unregister'),
    updateLocalConfiguration: json => reports.push(json.toString()),
    ended: report('ended'),
  }
  const server = createServer(await issueCertificate(authority, ['h2.cftunnel.com'], now), socket =>
    openSession(socket, handlers, { heartbeat_ms: 60_000, warn: line => reports.push(line), ...options }),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')

  const { port } = server.address() as AddressInfo
  const token = btoa(JSON.stringify({ a: ACCOUNT, t: UNKNOWN_ID, s: SECRET }))
  const address = { port, ca: authority.cert }
  const connector = new FakeConnector({ ...address, token })
  onTestFinished(async () => {
    await connector.kill()
    server.close()
  })
  return { connector, address, reports }
}
