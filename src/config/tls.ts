/** What the options for TLS mean: where the certificate comes from, and how clients trust it. */
import { homedir, hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { domainToASCII } from 'node:url'
import type { Options } from '../../schemas/options.ts'

type TlsOptions = Pick<Options, 'tls' | 'tls_dir' | 'tls_cert' | 'tls_key'>

/** A folder with a CA of ours, or a certificate of the user. */
export type CertificateSource = { readonly dir: string } | { readonly cert_file: string; readonly key_file: string }

/**
 * In the home directory, not in that of a project: one CA is trusted for all projects, and nobody
 * commits its key.
 */
const DEFAULT_DIR = join('.mockflared', 'tls')

/** The name that the programs with a fixed address ask for. */
const CLOUDFLARE_HOST = 'api.cloudflare.com'

/** Undefined: TLS is off. Throws an Error for half of a certificate. */
export function certificateSource({ tls, tls_dir, tls_cert, tls_key }: TlsOptions): CertificateSource | undefined {
  if (tls_cert !== undefined && tls_key !== undefined) return { cert_file: tls_cert, key_file: tls_key }
  if (tls_cert !== undefined || tls_key !== undefined) throw new Error('--tls-cert and --tls-key belong together')
  return tls ? { dir: resolve(tls_dir ?? join(homedir(), DEFAULT_DIR)) } : undefined
}

/** The files that a folder with a CA offers to clients: the CA, and the CA with all public ones. */
export function trustFilesIn(dir: string): { readonly ca: string; readonly bundle: string } {
  return { ca: join(dir, 'ca.pem'), bundle: join(dir, 'ca-bundle.pem') }
}

/**
 * The variables that make clients trust our CA. All but Node replace their own list of CAs by the
 * file, so these get the bundle. A certificate of the user needs none of ours.
 */
export function trustVariables(source: CertificateSource | undefined): Record<string, string> {
  if (source === undefined || !('dir' in source)) return {}

  const { ca, bundle } = trustFilesIn(source.dir)
  return {
    // Client: Go, Ruby, Python's ssl and httpx, programs with OpenSSL or rustls-native-certs.
    SSL_CERT_FILE: bundle,
    // Client: Python's requests.
    REQUESTS_CA_BUNDLE: bundle,
    // Client: curl.
    CURL_CA_BUNDLE: bundle,
    // Client: Node.
    NODE_EXTRA_CA_CERTS: ca,
  }
}

/** The host names and IP addresses for which a certificate of ours is valid. */
export function certificateNames({ host, public_url }: Pick<Options, 'host' | 'public_url'>): readonly string[] {
  const publicHost = public_url === undefined ? '' : new URL(public_url).hostname
  const others = [hostname(), host, publicHost].map(
    name => domainToASCII(withoutBrackets(name)) || withoutBrackets(name),
  )
  const names = [CLOUDFLARE_HOST, 'localhost', '127.0.0.1', '::1', ...others]
  return [...new Set(names)].filter(name => /^[\w.:-]+$/.test(name) && !WILDCARDS.includes(name))
}

/** They stand for all addresses, so no client connects to them. */
const WILDCARDS = ['0.0.0.0', '::']

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
