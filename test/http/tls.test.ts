/** TLS on a port of its own. Programs other than Node: test/clients/tls.slow.ts. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Server } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import Cloudflare from 'cloudflare'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { createAuthority, issueCertificate } from '../../src/http/certificates.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { startWithShortTimeouts } from '../support/short-timeouts.ts'
import { open, talk } from '../support/socket.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { FIXED_URL, fetchAt, startWithTls } from '../support/tls.ts'

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const headers = { authorization: 'Bearer token' }

async function certificateFiles() {
  const now = new Date()
  const authority = await createAuthority(now)
  const { cert, key } = await issueCertificate(authority, ['api.cloudflare.com'], now)
  const other = await issueCertificate(authority, ['api.cloudflare.com'], now)
  const folder = temporaryFolder({ 'ca.pem': authority.cert, 'cert.pem': cert, 'key.pem': key, 'other.pem': other.key })
  return { folder, files: { tls_cert: join(folder, 'cert.pem'), tls_key: join(folder, 'key.pem') } }
}

describe('TLS', () => {
  it('serves the official SDK at its own base URL, with the worlds of the plain port', async () => {
    vi.stubEnv('CLOUDFLARE_BASE_URL', undefined)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { emulator, port } = await startWithTls()
    const client = new Cloudflare({ apiToken: 'any', fetch: fetchAt(port, emulator.caFile), maxRetries: 0 })
    expect(client.baseURL).toBe(FIXED_URL)
    await client.zeroTrust.tunnels.cloudflared.create({ account_id: ACCOUNT, name: 'blog', config_src: 'cloudflare' })

    const response = await fetch(`${emulator.url}${TUNNELS}`, { headers })
    expect(await response.json()).toMatchObject({ result: [{ name: 'blog' }] })
  })

  it('serves the control plane, whose addresses are those of the TLS port', async () => {
    const { emulator, port } = await startWithTls()
    const info = await (await fetchAt(port, emulator.caFile)(`https://localhost:${port}/_mockflared/`)).json()

    expect(info).toMatchObject({ base_url: `https://localhost:${port}/client/v4` })
  })

  it('speaks HTTP/1.1 with clients that would rather speak HTTP/2', async () => {
    const { emulator, port } = await startWithTls()
    const ca = readFileSync(emulator.caFile)
    const socket = connect({ host: '127.0.0.1', port, ca, ALPNProtocols: ['h2', 'http/1.1'] })
    onTestFinished(() => void socket.destroy())
    await once(socket, 'secureConnect')

    expect(socket.alpnProtocol).toBe('http/1.1')
  })

  it('answers HTTP that is malformed', async () => {
    const { emulator, port } = await startWithTls()
    const socket = connect({ host: '127.0.0.1', port, ca: readFileSync(emulator.caFile) })
    onTestFinished(() => void socket.destroy())
    socket.write('hello\r\n\r\n')

    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })

  it('ends a connection on which the client speaks no TLS', async () => {
    const { port } = await startWithTls()

    expect(await talk(port, 'GET / HTTP/1.1\r\n\r\n')).not.toContain('HTTP/1.1')
  })

  it('ends a connection whose handshake takes too long', async () => {
    const now = new Date()
    const { port } = await startWithShortTimeouts(
      await issueCertificate(await createAuthority(now), ['localhost'], now),
    )
    const socket = await open(port)

    await once(socket.resume(), 'end')
  })

  it('closes with the emulator, although a handshake is not over', async () => {
    const { emulator, port } = await startWithTls()
    const socket = await open(port)
    const fetched = await fetchAt(port, emulator.caFile)(`${FIXED_URL}/accounts/${ACCOUNT}/cfd_tunnel`, { headers })
    expect(fetched.status).toBe(200)
    await emulator.close()

    await once(socket.resume(), 'end')
  })

  it('is off by default', async () => {
    const emulator = await createEmulator({ port: 0 })
    onTestFinished(() => emulator.close())

    expect(emulator).toMatchObject({ tlsURL: '', caFile: '' })
    expect(emulator.env).not.toHaveProperty('SSL_CERT_FILE')
  })
})

describe('the environment of a client', () => {
  it('trusts the CA: Node in addition to its own, others by a bundle', async () => {
    const { emulator } = await startWithTls()
    const bundle = emulator.caFile.replace('ca.pem', 'ca-bundle.pem')

    expect(emulator.env).toMatchObject({
      NODE_EXTRA_CA_CERTS: emulator.caFile,
      SSL_CERT_FILE: bundle,
      REQUESTS_CA_BUNDLE: bundle,
      CURL_CA_BUNDLE: bundle,
      CLOUDFLARE_BASE_URL: emulator.baseURL,
    })
  })
})

describe('a certificate of the user', () => {
  it('turns TLS on, without a CA of ours', async () => {
    const { folder, files } = await certificateFiles()
    const { emulator, port } = await startWithTls({ tls: false, ...files })
    const response = await fetchAt(port, join(folder, 'ca.pem'))(`${FIXED_URL}/accounts/${ACCOUNT}/cfd_tunnel`, {
      headers,
    })

    expect(response.status).toBe(200)
    expect(emulator.caFile).toBe('')
    expect(emulator.env).not.toHaveProperty('SSL_CERT_FILE')
  })

  it.each([
    ['without its key', { tls_key: undefined }, /^--tls-cert and --tls-key belong together$/],
    ['with the key of another', { tls_key: 'other.pem' }, /^--tls-key \S+other.pem does not belong to --tls-cert \S+$/],
    [
      'that is not there',
      { tls_cert: 'no.pem' },
      /^--tls-cert \S+no.pem: ENOENT: no such file or directory, open '\S+'$/,
    ],
    ['that is none', { tls_cert: 'key.pem' }, /^--tls-cert \S+key.pem: error:.*no start line$/],
    ['whose key is none', { tls_key: 'cert.pem' }, /^--tls-key \S+cert.pem: error:.*unsupported$/],
  ])(
    '%s is refused with one line',
    async (_what, change: { tls_cert?: string; tls_key?: string | undefined }, line) => {
      const { folder, files } = await certificateFiles()
      const changed = Object.entries(change).map(([name, file]) => [name, file && join(folder, file)])
      const started = createEmulator({ port: 0, tls_port: 0, ...files, ...Object.fromEntries(changed) })

      await expect(started).rejects.toThrow(line)
    },
  )
})

describe('a port that needs more rights', () => {
  it('fails with one line that says which needs none', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
      const error = Object.assign(new Error('listen EACCES'), { code: 'EACCES', port: 443, address: '127.0.0.1' })
      this.emit('error', error)
      return this
    })
    onTestFinished(() => listen.mockRestore())

    await expect(createEmulator({ port: 443 })).rejects.toThrow(
      'port 443 of 127.0.0.1 needs more rights; ports from 1024 need none',
    )
  })
})

describe('a web page', () => {
  it.each([
    ['https', 200],
    ['http', 403],
  ])('at %s:// and the host of the TLS port gets %i', async (scheme, status) => {
    const { emulator, port } = await startWithTls()
    const send = fetchAt(port, emulator.caFile)
    const origin = `${scheme}://localhost:${port}`

    expect((await send(`https://localhost:${port}${TUNNELS}`, { headers: { ...headers, origin } })).status).toBe(status)
    expect((await send(`https://localhost:${port}/_mockflared/`, { headers: { origin } })).status).toBe(status)
  })
})
