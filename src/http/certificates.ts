/** X.509 certificates for TLS: a CA, and what it issues. Loaded only if TLS is on. */
// First: the library reads its metadata while it loads.
import 'reflect-metadata'
import { createPrivateKey, KeyObject, X509Certificate as NodeCertificate, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate with its private key, both as PEM. */
export interface Credential {
  readonly cert: string
  readonly key: string
}

/** Every client verifies signatures of this curve. */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const DAY_MS = 24 * 60 * 60 * 1_000
const AUTHORITY_DAYS = 3_650
/** Apple's libraries accept at most 398 days. */
const CERTIFICATE_DAYS = 397

cryptoProvider.set(webcrypto)

/** Creates a CA that clients can trust for ten years. */
export async function createAuthority(now: Date): Promise<Credential> {
  const keys = await createKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=mockflared local CA',
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(now, AUTHORITY_DAYS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return credentialOf(certificate, keys)
}

/** Issues a certificate for host names and IP addresses. It does not outlive the CA. */
export async function issueCertificate(
  { cert, key }: Credential,
  names: readonly string[],
  now: Date,
): Promise<Credential> {
  const authority = new X509Certificate(cert)
  const keys = await createKeys()
  const { notBefore, notAfter } = validity(now, CERTIFICATE_DAYS)
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=mockflared',
    issuer: authority.subjectName,
    publicKey: keys.publicKey,
    signingKey: await importKey(key),
    signingAlgorithm: ALGORITHM,
    notBefore,
    notAfter: new Date(Math.min(notAfter.getTime(), authority.notAfter.getTime())),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map(value => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  })
  return credentialOf(certificate, keys)
}

/** It begins a day ago, for clients whose clock is slow. */
function validity(now: Date, days: number): { notBefore: Date; notAfter: Date } {
  const notBefore = new Date(now.getTime() - DAY_MS)
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * DAY_MS) }
}

function createKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign'])
}

function credentialOf({ rawData }: X509Certificate, { privateKey }: webcrypto.CryptoKeyPair): Credential {
  return {
    cert: new NodeCertificate(Buffer.from(rawData)).toString(),
    key: KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
