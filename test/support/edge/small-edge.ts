/** The least that a connector needs of an edge, to test the fake connector without ours. */
import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { RegisterAnswer, RegisterCall } from '../../../src/edge/register-call.ts'
import { createRegistrationServer } from '../../../src/edge/rpc/registration.ts'
import { createAuthority, issueCertificate } from '../../../src/http/certificates.ts'

export async function startSmallEdge(answer: RegisterAnswer) {
  const now = new Date()
  const authority = await createAuthority(now)
  const sessions: ClientHttp2Session[] = []
  const told: (RegisterCall | string)[] = []

  const server = createServer(await issueCertificate(authority, ['h2.cftunnel.com'], now), socket => {
    const session = connect('https://edge', { createConnection: () => socket })
    sessions.push(session)
    const control = session.request(
      { ':method': 'GET', ':path': '/', 'cf-cloudflared-proxy-connection-upgrade': 'control-stream' },
      { endStream: false },
    )
    const rpc = createRegistrationServer(
      {
        register: async call => {
          told.push(call)
          return answer
        },
        unregister: async () => {
          told.push('unregister')
          setImmediate(() => session.close())
        },
        updateLocalConfiguration: json => void told.push(json.toString()),
      },
      frame => control.write(frame),
    )
    control.on('data', chunk => rpc.receive(chunk))
    for (const emitter of [session, socket, control]) emitter.on('error', () => undefined)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const session of sessions) session.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, ca: authority.cert, sessions, told }
}
