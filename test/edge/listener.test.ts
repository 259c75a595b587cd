/** The port where cloudflared connects. */
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { type ConnectionOptions, connect } from 'node:tls'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { handshakeProblem, openEdgeListener } from '../../src/edge/listener.ts'
import { createAuthority, issueCertificate } from '../../src/http/certificates.ts'
import { closed } from '../support/edge/open-sessions.ts'

async function listen() {
  const now = new Date()
  const { cert: ca, ...authority } = await createAuthority(now)
  const credential = await issueCertificate({ cert: ca, ...authority }, ['h2.cftunnel.com', 'probe.cftunnel.com'], now)
  const accepted: unknown[] = []
  const warnings: string[] = []
  const listener = await openEdgeListener({
    host: '127.0.0.1',
    port: 0,
    credential,
    accept: socket => {
      accepted.push(socket.servername)
      socket.resume()
    },
    warn: line => warnings.push(line),
  })
  onTestFinished(listener.close)
  const port = Number(listener.address.split(':')[1])
  const open = (options: ConnectionOptions = {}) =>
    connect({ host: '127.0.0.1', port, ca, servername: 'h2.cftunnel.com', ...options }).on('error', () => {})
  return { listener, accepted, warnings, port, open }
}

describe('the port of the edge', () => {
  it('accepts a connection with TLS, and none that is a probe', async () => {
    const { accepted, open } = await listen()
    const probe = open({ servername: 'probe.cftunnel.com' })
    await once(probe, 'secureConnect')
    await once(open(), 'secureConnect')
    await vi.waitFor(() => expect(accepted).toEqual(['h2.cftunnel.com']))

    probe.destroy()
    await closed(probe)
  })

  it('refuses TLS before 1.2', async () => {
    const { accepted, open } = await listen()
    const socket = open({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
    await closed(socket)
    expect(accepted).toEqual([])
  })

  it('says in one line that a client speaks no TLS', async () => {
    const { warnings, port } = await listen()
    const socket = connectTcp(port, '127.0.0.1').on('error', () => {})
    socket.resume().write('GET / HTTP/1.1\r\n\r\n')
    await closed(socket)
    expect(warnings).toEqual(['edge: no TLS with 127.0.0.1: ERR_SSL_HTTP_REQUEST'])
  })

  it('asks for the variable of a client that does not trust its certificate', () => {
    const alert = Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' })
    expect(handshakeProblem(alert)).toBe('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA; does cloudflared have TUNNEL_CACERT?')
  })

  it('names the OpenSSL that a client without a common key exchange needs', {
    tags: ['edge_post_quantum'],
  }, async () => {
    const { warnings, open } = await listen()
    await closed(open({ ecdhCurve: 'MLKEM512', minVersion: 'TLSv1.3' }))
    expect(warnings).toEqual([expect.stringMatching(/KEY_SHARE; .* needs a server with OpenSSL 3\.5, .* has \d/)])
  })

  it('says nothing about a client that only connects', async () => {
    const { warnings, port } = await listen()
    const socket = connectTcp(port, '127.0.0.1').on('error', () => {})
    socket.resume().end()
    await closed(socket)
    expect(warnings).toEqual([])
  })

  it('ends all connections when it closes, also those without TLS so far', async () => {
    const { listener, port, open } = await listen()
    const [secure, plain] = [open(), connectTcp(port, '127.0.0.1').on('error', () => {})]
    await Promise.all([once(secure, 'secureConnect'), once(plain, 'connect')])
    const started = performance.now()
    await listener.close()
    await Promise.all([closed(secure), closed(plain)])
    expect(performance.now() - started).toBeLessThan(500)
  })
})
