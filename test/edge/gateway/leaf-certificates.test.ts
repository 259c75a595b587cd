import { once } from 'node:events'
import { connect } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { createLeafCertificates } from '../../../src/edge/gateway/leaf-certificates.ts'
import { createAuthority } from '../../../src/http/certificates.ts'
import { startGateway } from '../../support/edge/gateway.ts'

/** The names in the certificate that a gateway shows a visitor who trusts the CA. */
async function namesFor(servername: string, { port, ca }: { port: number; ca: string }): Promise<string> {
  // Without a name to compare, so that the test can.
  const socket = connect({
    host: '127.0.0.1',
    port,
    ca,
    ...(servername && { servername }),
    checkServerIdentity: () => undefined,
  })
  await once(socket, 'secureConnect')
  const { subjectaltname = '' } = socket.getPeerCertificate()
  socket.destroy()
  return subjectaltname
}

describe('the certificate of the gateway', () => {
  it.each([
    ['app.example.com', 'DNS:app.example.com'],
    ['APP.Example.COM', 'DNS:app.example.com'],
    ['localhost', 'DNS:localhost, IP Address:127.0.0.1'],
    ['', 'DNS:localhost, IP Address:127.0.0.1'],
  ])('for "%s" is signed by the CA for %s', async (servername, names) => {
    const { secure } = await startGateway()
    expect(await namesFor(servername, secure)).toBe(names)
  })
})

describe('the certificates of other hostnames', () => {
  it('are issued once, and kept while they are among the last hundred', async () => {
    const { contextFor } = await createLeafCertificates(await createAuthority(new Date()), ['localhost'])
    const [first, second] = [await contextFor('1.test'), await contextFor('2.test')]
    for (let nth = 3; nth <= 100; nth++) await contextFor(`${nth}.test`)
    expect(await contextFor('1.test')).toBe(first)

    await contextFor('101.test')
    expect(await contextFor('1.test')).toBe(first)
    expect(await contextFor('2.test')).not.toBe(second)
  })

  it('are those of the gateway for names that are no hostnames', async () => {
    const { contextFor } = await createLeafCertificates(await createAuthority(new Date()), ['localhost'])
    expect(await contextFor('a b')).toBe(await contextFor('localhost'))
    expect(await contextFor('*.example.com')).toBe(await contextFor('localhost'))
  })
})
