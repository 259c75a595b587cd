/**
 * The folder of a local CA. Its private key is below in a folder that only its owner can read; the
 * files for clients are beside that, since other users and containers read them.
 */
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import tls from 'node:tls'
import { trustFilesIn } from '../config/tls.ts'
import { type Credential, createAuthority } from './certificates.ts'

/**
 * Reads the CA of a folder, and creates it at the first use. Rejects with an Error of one line for
 * a folder that cannot be used and for a file that is not a CA. It names the option for another one.
 */
export async function openAuthority(dir: string, now: Date, option = '--tls-dir'): Promise<Credential> {
  // Key and certificate are one file, so that no crash and no second server can separate them.
  const file = join(dir, 'private', 'ca-key.pem')
  try {
    if (!existsSync(file)) createFile(file, await createAuthority(now))
    const authority = parseAuthority(file, now, option)
    const { ca, bundle } = trustFilesIn(dir)
    updateFile(ca, authority.cert)
    updateFile(bundle, bundleWith(authority.cert))
    return authority
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new Error(`cannot keep a CA in ${dir}: ${error.message}; name another folder with ${option}`)
  }
}

/** If two servers start at once, the file of the first one stays. */
function createFile(file: string, { cert, key }: Credential): void {
  mkdirSync(dirname(dirname(file)), { recursive: true, mode: 0o755 })
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = draftOf(file)
  writeFileSync(draft, `${key}${cert}`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!existsSync(file)) throw error
  } finally {
    rmSync(draft)
  }
}

function parseAuthority(file: string, now: Date, option: string): Credential {
  const pem = readFileSync(file, 'utf8')
  const cert = parsed(() => new X509Certificate(pem))
  const key = parsed(() => createPrivateKey(pem))
  const refuse = (problem: string): Error =>
    new Error(`${file} ${problem}: remove it for a new CA, or name another folder with ${option}`)

  if (!cert || !key) throw refuse('has no certificate with its private key')
  if (!cert.ca || !cert.checkPrivateKey(key)) throw refuse('is not a CA with its private key')
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw refuse('has a key of another kind than P-256')
  if (cert.validToDate < now) throw refuse(`expired on ${cert.validTo}`)
  return { cert: cert.toString(), key: pem }
}

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

/** With all public CAs, for clients that trust one file only: those of the system and of Node. */
function bundleWith(cert: string): string {
  // Node 22.14 does not have this function.
  const system = tls.getCACertificates?.('system') ?? []
  return [...new Set([...system, ...tls.rootCertificates, cert].map(pem => `${pem.trim()}\n`))].join('')
}

/** Replaces the whole file at once, since clients may be reading it. */
function updateFile(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return

  const draft = draftOf(file)
  writeFileSync(draft, text, { mode: 0o644 })
  renameSync(draft, file)
}

function draftOf(file: string): string {
  return `${file}.${randomUUID()}`
}
