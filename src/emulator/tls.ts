import type { RequestListener } from 'node:http'
import type { Options } from '../../schemas/options.ts'
import {
  type CertificateSource,
  certificateNames,
  certificateSource,
  trustFilesIn,
  trustVariables,
} from '../config/tls.ts'
import type { Credential } from '../http/certificates.ts'
import type { RespondToError } from '../http/client-errors.ts'
import { type Listener, openListener } from '../http/listener.ts'

export interface TlsListener extends Listener {
  /** The file with the CA of the certificate; undefined for a certificate of the user. */
  readonly ca_file: string | undefined
  /** The variables that make clients trust the certificate. */
  readonly trust: Record<string, string>
}

/** Serves the emulator with TLS too, on a port of its own; undefined if TLS is off. */
export async function openTlsListener(
  respond: RespondToError,
  handle: RequestListener,
  options: Options,
): Promise<TlsListener | undefined> {
  const source = certificateSource(options)
  if (!source) return undefined

  const { host, tls_port: port } = options
  const listener = await openListener(respond, handle, { host, port, tls: await certificateFrom(source, options) })
  return {
    ...listener,
    ca_file: 'dir' in source ? trustFilesIn(source.dir).ca : undefined,
    trust: trustVariables(source),
  }
}

/** Our certificate is issued at each start, so it has the current names and has not expired. */
async function certificateFrom(source: CertificateSource, options: Options): Promise<Credential> {
  if (!('dir' in source)) {
    const { readOwnCertificate } = await import('../http/own-certificate.ts')
    return readOwnCertificate(source.cert_file, source.key_file)
  }
  const { openAuthority } = await import('../http/authority.ts')
  const { issueCertificate } = await import('../http/certificates.ts')
  const now = new Date()
  return issueCertificate(await openAuthority(source.dir, now), certificateNames(options), now)
}
