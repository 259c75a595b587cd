/** Certificates for any hostname that a visitor asks for. */
import { createSecureContext, type SecureContext } from 'node:tls'
import { type Credential, issueCertificate } from '../../http/certificates.ts'
import { hostnameOf } from './request-target.ts'

/** Our limit: visitors may ask for any name. */
const MAX_CERTIFICATES = 100

export interface LeafCertificates {
  /** For a visitor that names no host, because it connects to an IP address. */
  readonly byDefault: Credential
  /** That of a hostname, issued at its first use. */
  readonly contextFor: (hostname: string) => Promise<SecureContext>
}

/** `names`: those of the gateway itself. */
export async function createLeafCertificates(ca: Credential, names: readonly string[]): Promise<LeafCertificates> {
  const byDefault = await issueCertificate(ca, names, new Date())
  const own = Promise.resolve(createSecureContext(byDefault))
  const issued = new Map<string, Promise<SecureContext>>()

  const issue = async (hostname: string): Promise<SecureContext> =>
    createSecureContext(await issueCertificate(ca, [hostname], new Date()))

  return {
    byDefault,
    contextFor: sent => {
      const hostname = hostnameOf(sent)
      if (hostname === undefined || names.includes(hostname)) return own

      const context = issued.get(hostname) ?? issue(hostname)
      // The last one used is the last one in the map.
      issued.delete(hostname)
      issued.set(hostname, context)
      const [oldest] = issued.keys()
      if (issued.size > MAX_CERTIFICATES && oldest !== undefined) issued.delete(oldest)
      return context
    },
  }
}
