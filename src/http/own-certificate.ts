import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Credential } from './certificates.ts'

/** Reads a certificate of the user. Throws an Error of one line for files that do not fit. */
export function readOwnCertificate(certFile: string, keyFile: string): Credential {
  const cert = read('--tls-cert', certFile, text => new X509Certificate(text))
  const key = read('--tls-key', keyFile, text => createPrivateKey(text))
  if (!cert.value.checkPrivateKey(key.value)) {
    throw new Error(`--tls-key ${keyFile} does not belong to --tls-cert ${certFile}`)
  }
  return { cert: cert.text, key: key.text }
}

function read<T>(option: string, file: string, parse: (text: string) => T): { text: string; value: T } {
  try {
    const text = readFileSync(file, 'utf8')
    return { text, value: parse(text) }
  } catch (error) {
    throw new Error(`${option} ${file}: ${error instanceof Error ? error.message : error}`)
  }
}
