/** The certificate that the edge shows to cloudflared, and the folder of its CA. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Options } from '../../schemas/options.ts'
import { isFolder } from '../config/database-path.ts'
import { certificateNames, certificateSource, trustFilesIn } from '../config/tls.ts'
import { openAuthority } from '../http/authority.ts'
import { type Credential, issueCertificate } from '../http/certificates.ts'

export type CertificateOptions = Pick<
  Options,
  'host' | 'public_url' | 'edge_dir' | 'db' | 'tls' | 'tls_dir' | 'tls_cert' | 'tls_key'
>

export interface EdgeCertificate {
  /** The file with the CA that cloudflared must trust. */
  readonly ca_path: string
  readonly authority: Credential
  readonly credential: Credential
  /** The names and addresses for which it is valid. */
  readonly names: readonly string[]
  /** Removes the folder if it is a temporary one. */
  readonly remove: () => void
}

/** The names that cloudflared asks for: with HTTP/2, with QUIC, for its check, and for its logs. */
const EDGE_NAMES = ['h2.cftunnel.com', 'quic.cftunnel.com', 'probe.cftunnel.com', 'management.argotunnel.com']

/** Rejects with an Error of one line for a folder that cannot be used. */
export async function openCertificate(options: CertificateOptions): Promise<EdgeCertificate> {
  const kept = folderOf(options)
  const dir = kept ?? temporaryFolder()
  const remove = (): void => {
    if (kept === undefined) rmSync(dir, { recursive: true, force: true })
  }
  try {
    const now = new Date()
    const authority = await openAuthority(dir, now, '--edge-dir')
    const names = [...EDGE_NAMES, ...certificateNames(options)]
    const credential = await issueCertificate(authority, names, now)
    return { ca_path: trustFilesIn(dir).ca, authority, credential, names, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** With TLS there is one CA for all. Undefined: nothing is kept. */
function folderOf({ edge_dir, db, ...tls }: CertificateOptions): string | undefined {
  if (edge_dir !== undefined) return resolve(edge_dir)

  const source = certificateSource(tls)
  if (source && 'dir' in source) return source.dir
  if (db === ':memory:') return undefined
  return isFolder(db) ? resolve(db, 'edge') : `${resolve(db)}.edge`
}

/** Others may read it, since cloudflared may run as another user; the key has a folder of its own. */
function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mockflared-edge-'))
  chmodSync(dir, 0o755)
  return dir
}
