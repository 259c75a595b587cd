import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { certificateNames } from '../../src/config/tls.ts'
import { type Credential, createAuthority, issueCertificate } from '../../src/http/certificates.ts'

const NOW = new Date('2026-01-02T00:00:00Z')
const DAY_MS = 86_400_000

let authority: Credential
beforeAll(async () => {
  authority = await createAuthority(NOW)
})

async function issue(now = NOW, names = ['api.cloudflare.com', '127.0.0.1', '::1']) {
  return new X509Certificate((await issueCertificate(authority, names, now)).cert)
}

describe('the CA', () => {
  it('signs itself, and is valid for ten years from the day before', () => {
    const certificate = new X509Certificate(authority.cert)

    expect(certificate).toMatchObject({ ca: true, subject: 'CN=mockflared local CA', issuer: certificate.subject })
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.validFromDate).toEqual(new Date('2026-01-01T00:00:00Z'))
    expect(certificate.validToDate).toEqual(new Date('2035-12-30T00:00:00Z'))
  })
})

describe('a certificate', () => {
  it('is signed by the CA for its names and addresses', async () => {
    const certificate = await issue()
    const issuer = new X509Certificate(authority.cert)

    expect(certificate.ca).toBe(false)
    expect(certificate.checkIssued(issuer)).toBe(true)
    expect(certificate.verify(issuer.publicKey)).toBe(true)
    expect(certificate.subjectAltName).toBe('DNS:api.cloudflare.com, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  })

  it('is valid for at most 398 days, beginning before now', async () => {
    const { validFromDate, validToDate } = await issue()

    expect(validFromDate < NOW).toBe(true)
    expect((validToDate.getTime() - validFromDate.getTime()) / DAY_MS).toBe(397)
  })

  it('does not outlive the CA', async () => {
    const { validToDate } = await issue(new Date('2035-12-01T00:00:00Z'))

    expect(validToDate).toEqual(new X509Certificate(authority.cert).validToDate)
  })
})

describe('the names of a certificate', () => {
  const ALWAYS = ['api.cloudflare.com', 'localhost', '127.0.0.1', '::1']
  const others = (host: string, public_url?: string) =>
    certificateNames({ host, public_url }).filter(name => !ALWAYS.includes(name))
  const [machine = ''] = others('localhost')

  it.each([
    ['the host that it listens on', '192.0.2.7', undefined, ['192.0.2.7']],
    ['no address that stands for all', '0.0.0.0', undefined, []],
    ['no address that stands for all of IPv6', '::', undefined, []],
    ['the host of the public URL', '127.0.0.1', 'https://ci.example.com/emulator', ['ci.example.com']],
    ['an IPv6 address of the public URL', '127.0.0.1', 'https://[2001:db8::1]:8443', ['2001:db8::1']],
    ['a name beyond ASCII as DNS has it', 'bücher.example', undefined, ['xn--bcher-kva.example']],
    ['no address with a zone', 'fe80::1%eth0', undefined, []],
  ])('are those of Cloudflare and of this machine, and %s', (_what, host, public_url, added) => {
    expect(certificateNames({ host, public_url })).toEqual(expect.arrayContaining(ALWAYS))
    expect(others(host, public_url).filter(name => name !== machine)).toEqual(added)
  })
})
