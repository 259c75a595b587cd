/** The folder of a CA. */
// First: the library for certificates reads its metadata while it loads.
import 'reflect-metadata'
import { KeyObject, webcrypto, X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { openAuthority } from '../../src/http/authority.ts'
import { createAuthority, issueCertificate } from '../../src/http/certificates.ts'
import { temporaryFolder } from '../support/temporary.ts'

const NOW = new Date('2026-01-02T00:00:00Z')
const KEY_FILE = 'private/ca-key.pem'

describe('openAuthority', () => {
  it('creates a CA whose key only the owner can read', async () => {
    const dir = join(temporaryFolder(), 'new', 'tls')
    await openAuthority(dir, NOW)
    const modeOf = (path: string) => (statSync(join(dir, path)).mode & 0o777).toString(8)

    expect([modeOf('private'), modeOf(KEY_FILE)]).toEqual(['700', '600'])
    expect(readdirSync(dir)).toEqual(['ca-bundle.pem', 'ca.pem', 'private'])
    expect(readFileSync(join(dir, 'ca.pem'), 'utf8')).not.toContain('PRIVATE')
  })

  it('returns the same CA at the next start, and writes missing files again', async () => {
    const dir = temporaryFolder()
    const { cert } = await openAuthority(dir, NOW)
    rmSync(join(dir, 'ca.pem'))

    expect((await openAuthority(dir, NOW)).cert).toBe(cert)
    expect(readFileSync(join(dir, 'ca.pem'), 'utf8')).toBe(cert)
  })

  it('called twice at once creates one CA', async () => {
    const dir = temporaryFolder()
    const [one, other] = await Promise.all([openAuthority(dir, NOW), openAuthority(dir, NOW)])

    expect(one.cert).toBe(other.cert)
    expect(readdirSync(join(dir, 'private'))).toEqual(['ca-key.pem'])
  })

  it('writes a bundle with the public CAs and its own', async () => {
    const dir = temporaryFolder()
    const { cert } = await openAuthority(dir, NOW)
    const bundle = readFileSync(join(dir, 'ca-bundle.pem'), 'utf8')

    expect(bundle.endsWith(cert)).toBe(true)
    expect(rootCertificates.filter(pem => !bundle.includes(pem))).toEqual([])
  })
})

describe('openAuthority fails with one clear line', () => {
  const pem = async () => {
    const [one, other] = [await createAuthority(NOW), await createAuthority(NOW)]
    return { one, mixed: `${one.key}${other.cert}` }
  }
  const fail = async (text: string, now = NOW) => {
    const dir = temporaryFolder()
    mkdirSync(join(dir, 'private'))
    writeFileSync(join(dir, KEY_FILE), text)
    const error = await openAuthority(dir, now).catch((reason: Error) => reason.message)
    return String(error).replace(dir, 'DIR')
  }
  const advice = ': remove it for a new CA, or name another folder with --tls-dir'

  it.each([
    ['nothing', ''],
    ['something else', 'hello'],
    ['half a file', '-----BEGIN PRIVATE KEY-----\nMIGHAgEAM'],
  ])('for a file with %s', async (_what, text) => {
    expect(await fail(text)).toBe(`DIR/${KEY_FILE} has no certificate with its private key${advice}`)
  })

  it('for the key of another CA', async () => {
    expect(await fail((await pem()).mixed)).toBe(`DIR/${KEY_FILE} is not a CA with its private key${advice}`)
  })

  it('for a certificate that is not a CA', async () => {
    const { key, cert } = await issueCertificate((await pem()).one, ['localhost'], NOW)

    expect(await fail(`${key}${cert}`)).toBe(`DIR/${KEY_FILE} is not a CA with its private key${advice}`)
  })

  it('for an RSA key', async () => {
    expect(await fail(await rsaAuthority())).toBe(`DIR/${KEY_FILE} has a key of another kind than P-256${advice}`)
  })

  it('for a CA that has expired', async () => {
    const { one } = await pem()
    const { validTo } = new X509Certificate(one.cert)

    expect(await fail(`${one.key}${one.cert}`, new Date('2036-01-01T00:00:00Z'))).toBe(
      `DIR/${KEY_FILE} expired on ${validTo}${advice}`,
    )
  })

  it('for a folder that is a file', async () => {
    const folder = temporaryFolder({ file: 'text' })

    await expect(openAuthority(join(folder, 'file'), NOW)).rejects.toThrow(
      /^cannot keep a CA in \S+file: E.*; name another folder with --tls-dir$/,
    )
  })
})

/** A CA as another program could have made it. */
async function rsaAuthority(): Promise<string> {
  const signingAlgorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(
    { ...signingAlgorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  )
  const extensions = [new BasicConstraintsExtension(true, undefined, true)]
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=other',
    keys,
    signingAlgorithm,
    extensions,
  })
  return `${KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' })}${certificate.toString('pem')}`
}
